using System.Net;
using System.Text.RegularExpressions;

namespace Portok.Fuzz.Reference;

/// <summary>How a body ends.</summary>
internal enum ReferenceFraming
{
    None,
    Length,
    Chunked,
    UntilClose,
}

/// <summary>A request head by the letter of the wire rules; null from <see cref="Parse"/> when a rule is broken.</summary>
internal sealed partial record ReferenceRequest(string Method, string Target, bool IsHttp10, IReadOnlyList<ReferenceField> Fields)
{
    public const int MaxFields = 128;
    private const int MaxConnectionOptions = 64;
    private static readonly string[] Idempotent = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"];

    public ReferenceFraming Framing { get; private init; }

    public long ContentLength { get; private init; }

    public bool IsIdempotent => Idempotent.Contains(Method);

    /// <summary>Path and query as they go to an origin server.</summary>
    public string OriginTarget
    {
        get
        {
            Match absolute = AbsoluteForm().Match(Target);
            if (!absolute.Success) return Target;
            string rest = absolute.Groups["rest"].Value;
            return rest.Length == 0 ? (Method == "OPTIONS" ? "*" : "/") : rest[0] == '?' ? "/" + rest : rest;
        }
    }

    public static ReferenceRequest? Parse(ReadOnlySpan<byte> head)
    {
        string[] lines = ReferenceHead.Lines(head);
        Match line = Line().Match(lines[0]);
        if (!line.Success || ReferenceHead.Fields(lines.Skip(1)) is not { } fields || fields.Count > MaxFields) return null;

        var request = new ReferenceRequest(line.Groups["method"].Value, line.Groups["target"].Value, line.Groups["minor"].Value == "0", fields);
        bool valid = request.HasValidTarget() && request.HasValidHost() && request.HasValidOptions();
        return valid ? request.WithFraming() : null;
    }

    private bool HasValidTarget()
    {
        if (Method == "CONNECT") return false;
        if (Target == "*") return Method == "OPTIONS";
        return Target[0] == '/' || (AbsoluteForm().Match(Target) is { Success: true } absolute && IsHost(absolute.Groups["authority"].Value));
    }

    private bool HasValidHost()
    {
        IReadOnlyList<string> hosts = Fields.Values("Host");
        return hosts.Count == 0 ? IsHttp10 : hosts.Count == 1 && IsHost(hosts[0]);
    }

    private bool HasValidOptions()
        => Fields.Values("Connection").Elements().Count <= MaxConnectionOptions
        && Fields.Values("Expect").All(v => v.Equals("100-continue", StringComparison.OrdinalIgnoreCase));

    private ReferenceRequest? WithFraming()
    {
        IReadOnlyList<string> codings = Fields.Values("Transfer-Encoding"), lengths = Fields.Values("Content-Length");
        if (codings.Count > 0)
        {
            bool chunked = codings.Count == 1 && lengths.Count == 0 && !IsHttp10 && codings[0].Equals("chunked", StringComparison.OrdinalIgnoreCase);
            return chunked ? this with { Framing = ReferenceFraming.Chunked } : null;
        }

        if (lengths.Count == 0) return this;
        long length = lengths.Count == 1 ? ReferenceHead.Length(lengths[0]) : -1;
        return length < 0 ? null : this with { Framing = ReferenceFraming.Length, ContentLength = length };
    }

    private static bool IsHost(string host)
    {
        Match match = HostAndPort().Match(host);
        if (!match.Success) return false;
        string port = match.Groups["port"].Value, address = match.Groups["address"].Value;
        if (port.Length > 0 && ReferenceHead.Length(port) is < 0 or > ushort.MaxValue) return false;
        return address.Length == 0 || (address.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(address, out _));
    }

    [GeneratedRegex(@"\A(?<method>[!#$%&'*+\-.^_`|~0-9A-Za-z]+) (?<target>[!-""$-~]+) HTTP/1\.(?<minor>[01])\z")]
    private static partial Regex Line();

    [GeneratedRegex(@"\A[hH][tT][tT][pP][sS]?://(?<authority>[^/?]*)(?<rest>.*)\z")]
    private static partial Regex AbsoluteForm();

    [GeneratedRegex(@"\A(?:(?:[!$&'()*+\-.0-9;=A-Z_a-z~]|%[0-9A-Fa-f]{2})+|\[(?<address>[.0-9:A-Fa-f]+)\])(?::(?<port>[0-9]*))?\z")]
    private static partial Regex HostAndPort();
}
