using System.Globalization;
using System.Text;

namespace Portok.Fuzz.Reference;

/// <summary>A chunked body read slowly from a string (RFC 9112 7.1, with the strictness of Portok's rules).</summary>
internal sealed class ReferenceChunks
{
    private static readonly string[] NotInTrailers =
    [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization",
        "proxy-authentication-info", "te", "trailer", "upgrade", "expect", "accept", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host",
        "x-forwarded-port", "x-admin-token", "x-portok-peer", "age", "authorization", "authentication-info", "cache-control", "content-encoding",
        "content-range", "content-type", "cookie", "date", "expires", "forwarded", "if-match", "if-modified-since", "if-none-match", "if-range",
        "if-unmodified-since", "location", "max-forwards", "pragma", "range", "retry-after", "set-cookie", "vary", "via", "warning",
        "www-authenticate", "x-real-ip",
    ];

    private readonly StringBuilder _data = new();
    private readonly StringBuilder _canonical = new();

    internal ReferenceRequest.Outcome Outcome { get; private set; }

    /// <summary>Where the body ends when it is Valid.</summary>
    internal int Length { get; private set; }

    internal string Data => _data.ToString();

    /// <summary>The body as it goes on: plain sizes, no extensions, the trailers that may pass. Whole only when Valid.</summary>
    internal string Canonical => _canonical.ToString();

    internal static ReferenceChunks Read(string text)
    {
        var chunks = new ReferenceChunks();
        chunks.Outcome = chunks.ReadAll(text);
        return chunks;
    }

    private ReferenceRequest.Outcome ReadAll(string text)
    {
        int at = 0;
        while (true)
        {
            // 1. The size line. What is there of it must be right even when its end is not there yet.
            int end = text.IndexOf('\r', at);
            string line = end < 0 ? text[at..] : text[at..end];
            if (!IsSizeLine(line, end >= 0, out long size)) return ReferenceRequest.Outcome.Refused;
            if (end < 0 || end + 1 == text.Length) return ReferenceRequest.Outcome.Incomplete;
            if (text[end + 1] != '\n' || size < 0) return ReferenceRequest.Outcome.Refused;
            at = end + 2;
            _canonical.Append(CultureInfo.InvariantCulture, $"{size:x}\r\n");
            if (size == 0) return ReadTrailers(text, at);

            // 2. The data and its CRLF.
            int here = (int)Math.Min(size, text.Length - at);
            _data.Append(text, at, here);
            _canonical.Append(text, at, here);
            at += here;
            if (here < size || at == text.Length) return ReferenceRequest.Outcome.Incomplete;
            if (text[at] != '\r' || (at + 1 < text.Length && text[at + 1] != '\n')) return ReferenceRequest.Outcome.Refused;
            if (at + 1 == text.Length) return ReferenceRequest.Outcome.Incomplete;
            _canonical.Append("\r\n");
            at += 2;
        }
    }

    /// <summary>Sets the size to −1 when it is larger than 2^63 − 1.</summary>
    private static bool IsSizeLine(string line, bool whole, out long size)
    {
        size = 0;
        int digits = line.TakeWhile(char.IsAsciiHexDigit).Count();
        if (digits > 16 || (digits == 0 && (line.Length > 0 || whole))) return false;
        ulong number = digits == 0 ? 0 : ulong.Parse(line.AsSpan(0, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        size = number > long.MaxValue ? -1 : (long)number;
        string extension = line[digits..];
        return extension.Length == 0 || (extension[0] == ';' && extension.Length <= 1024 && !ReferenceLines.HasControl(extension));
    }

    private ReferenceRequest.Outcome ReadTrailers(string text, int at)
    {
        while (true)
        {
            int end = -1;
            for (int i = at; i < text.Length && end < 0; i++)
                if (ReferenceLines.HasControl(text[i].ToString())) end = i;
            if (end < 0 || (text[end] == '\r' && end + 1 == text.Length)) return ReferenceRequest.Outcome.Incomplete;
            if (text[end] != '\r' || text[end + 1] != '\n') return ReferenceRequest.Outcome.Refused;
            string line = text[at..end];
            at = end + 2;
            if (line.Length > 0 && ReferenceLines.Fields([line]) is null) return ReferenceRequest.Outcome.Refused;
            bool passes = line.Length == 0 || !NotInTrailers.Contains(line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant());
            if (passes) _canonical.Append(line).Append("\r\n");
            if (line.Length > 0) continue;
            Length = at;
            return ReferenceRequest.Outcome.Valid;
        }
    }
}
