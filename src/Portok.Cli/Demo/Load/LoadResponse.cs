using System.Buffers.Text;
using System.Text;

namespace Portok.Cli.Demo.Load;

/// <summary>An answer the load understands: a Content-Length, and the name of the version that gave it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Version">Of the X-App-Version header.</param>
/// <param name="BodyStart">Where the body begins in the bytes it was read from.</param>
/// <param name="Length">Head and body together, in bytes.</param>
/// <param name="Close">The connection ends with this answer.</param>
internal readonly record struct LoadResponse(int Status, Versions Version, int BodyStart, int Length, bool Close)
{
    private const int MaxHead = 16 * 1024;

    /// <summary>Reads one answer from the bytes so far.</summary>
    /// <returns>The answer, or null when more bytes are needed.</returns>
    /// <exception cref="InvalidDataException">This is no such answer.</exception>
    public static LoadResponse? Read(ReadOnlySpan<byte> bytes)
    {
        int head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return bytes.Length <= MaxHead ? null : throw new InvalidDataException("an answer with an endless head");
        }

        ReadOnlySpan<byte> lines = bytes[..head];
        int status = ReadStatus(TakeLine(ref lines));
        int? length = null;
        Versions version = Versions.None;
        bool close = false;
        while (!lines.IsEmpty)
        {
            ReadOnlySpan<byte> line = TakeLine(ref lines);
            int colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                throw new InvalidDataException("an answer with a broken head");
            }

            ReadOnlySpan<byte> name = line[..colon];
            ReadOnlySpan<byte> value = line[(colon + 1)..].Trim((byte)' ');
            if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
            {
                length = Utf8Parser.TryParse(value, out int number, out int used) && used == value.Length && number >= 0
                    ? number
                    : throw new InvalidDataException("an answer with a broken Content-Length");
            }
            else if (Ascii.EqualsIgnoreCase(name, "x-app-version"u8))
            {
                version = VersionRule.Named(value);
            }
            else if (Ascii.EqualsIgnoreCase(name, "connection"u8))
            {
                close = Ascii.EqualsIgnoreCase(value, "close"u8);
            }
        }

        int bodyStart = head + 4;
        int whole = bodyStart + (length ?? throw new InvalidDataException($"HTTP {status} without a Content-Length"));
        return bytes.Length >= whole ? new LoadResponse(status, version, bodyStart, whole, close) : null;
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> lines)
    {
        int end = lines.IndexOf("\r\n"u8);
        ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
        lines = end < 0 ? [] : lines[(end + 2)..];
        return line;
    }

    private static int ReadStatus(ReadOnlySpan<byte> line)
    {
        return line.Length >= 12 && line.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(line.Slice(9, 3), out int status, out int used) && used == 3
            ? status
            : throw new InvalidDataException("an answer that is not HTTP/1.1");
    }
}
