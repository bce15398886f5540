using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Portok.Fuzz.Reference;

/// <summary>How a reference message is framed. A length of −1 stands for "not by a length".</summary>
internal enum ReferenceFraming
{
    None,
    Length,
    Chunked,
    UntilClose,
}

/// <summary>A request head as the strict rules read it.</summary>
internal sealed partial record ReferenceRequest(string Method, string Target, bool IsHttp10, List<ReferenceField> Fields, ReferenceFraming Framing, long Length, int HeadLength)
{
    /// <summary>What was made of the bytes.</summary>
    internal enum Outcome
    {
        Incomplete,
        Valid,
        Refused,
    }

    /// <summary>The authority of an absolute-form target, else null.</summary>
    internal string? Authority { get; private init; }

    /// <summary>The target in origin-form.</summary>
    internal string Origin => Authority is null ? Target : OriginOf(Target, Method);

    internal string? Host => Fields.Find(f => f.Is("Host"))?.Value;

    /// <summary>Reads a head at the beginning of the text.</summary>
    internal static Outcome Read(string text, int maxBytes, int maxFields, out ReferenceRequest? request)
    {
        request = null;
        string[]? lines = ReferenceLines.Cut(text, mayBeginEmpty: true, out int length);
        if (lines is null) return text.Length >= maxBytes ? Outcome.Refused : Outcome.Incomplete;
        if (length > maxBytes || lines.Any(ReferenceLines.HasControl)) return Outcome.Refused;

        // 1. The line: three words, one SP between them.
        string[] words = lines[0].Split(' ');
        if (words.Length != 3 || !ReferenceLines.IsToken(words[0]) || words[2] is not ("HTTP/1.1" or "HTTP/1.0")) return Outcome.Refused;
        if (words[1].Length == 0 || !words[1].All(c => c is > ' ' and < '\x7F' and not '#') || words[0] == "CONNECT") return Outcome.Refused;
        bool http10 = words[2] == "HTTP/1.0";
        if (!ReadTarget(words[0], words[1], out string? authority)) return Outcome.Refused;

        // 2. The fields.
        List<ReferenceField>? fields = ReferenceLines.Fields(lines[1..]);
        if (fields is null || fields.Count > maxFields) return Outcome.Refused;
        List<ReferenceField> hosts = fields.FindAll(f => f.Is("Host"));
        if (hosts.Count > 1 || (hosts.Count == 0 && !http10) || (hosts.Count == 1 && !IsHost(hosts[0].Value))) return Outcome.Refused;
        if (ReferenceLines.List(fields, "Connection").Count > 64) return Outcome.Refused;
        if (fields.Exists(f => f.Is("Expect") && !f.Value.Equals("100-continue", StringComparison.OrdinalIgnoreCase))) return Outcome.Refused;

        if (words[0] is "TRACE" or "OPTIONS" && !IsCountable(fields.FindAll(f => f.Is("Max-Forwards")))) return Outcome.Refused;

        // 3. The framing.
        List<ReferenceField> lengths = fields.FindAll(f => f.Is("Content-Length")), codings = fields.FindAll(f => f.Is("Transfer-Encoding"));
        if (lengths.Count + codings.Count > 1) return Outcome.Refused;
        if (codings.Count == 1 && (http10 || !codings[0].Value.Equals("chunked", StringComparison.OrdinalIgnoreCase))) return Outcome.Refused;
        long? number = lengths.Count == 1 ? ReferenceLines.Length(lengths[0].Value) : -1;
        if (number is null) return Outcome.Refused;
        ReferenceFraming framing = codings.Count == 1 ? ReferenceFraming.Chunked : lengths.Count == 1 ? ReferenceFraming.Length : ReferenceFraming.None;
        request = new ReferenceRequest(words[0], words[1], http10, fields, framing, number.Value, length) { Authority = authority };
        return Outcome.Valid;
    }

    /// <summary>Whether the sender lets the connection go on behind this message (RFC 9112 9.3).</summary>
    internal bool KeepsAlive => !ReferenceLines.ListHas(Fields, "Connection", "close") && (!IsHttp10 || ReferenceLines.ListHas(Fields, "Connection", "keep-alive"));

    internal bool AsksForUpgrade => !IsHttp10 && ReferenceLines.ListHas(Fields, "Connection", "upgrade") && Fields.Exists(f => f.Is("Upgrade"));

    internal static bool IsHost(string host)
    {
        Match match = HostForm().Match(host);
        if (!match.Success) return false;
        string port = match.Groups["port"].Value;
        if (port.Length > 0 && BigInteger.Parse(port, System.Globalization.CultureInfo.InvariantCulture) > 65535) return false;
        return !match.Groups["v6"].Success
            || (match.Groups["v6"].Value.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(match.Groups["v6"].Value, out IPAddress? address)
                && address.AddressFamily == AddressFamily.InterNetworkV6);
    }

    /// <summary>Hops left are one number (RFC 9110 7.6.2), or nothing limits them.</summary>
    private static bool IsCountable(List<ReferenceField> hops)
        => hops.Count == 0 || (hops.Count == 1 && hops[0].Value.Length > 0 && hops[0].Value.All(char.IsAsciiDigit));

    private static bool ReadTarget(string method, string target, out string? authority)
    {
        authority = null;
        if (target[0] == '/') return true;
        if (target == "*") return method == "OPTIONS";
        Match match = AbsoluteForm().Match(target);
        if (!match.Success) return false;
        authority = match.Groups["authority"].Value;
        return IsHost(authority);
    }

    private static string OriginOf(string target, string method)
    {
        string rest = AbsoluteForm().Match(target).Groups["rest"].Value;
        if (rest.Length == 0) return method == "OPTIONS" ? "*" : "/";
        return rest[0] == '?' ? "/" + rest : rest;
    }

    [GeneratedRegex(@"^(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|(?:[A-Za-z0-9!$&'()*+.;=_~-]|%[0-9A-Fa-f]{2})+)(?::(?<port>[0-9]*))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex HostForm();

    [GeneratedRegex(@"^https?://(?<authority>[^/?]*)(?<rest>.*)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex AbsoluteForm();
}
