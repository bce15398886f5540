namespace Portok.Fuzz.Reference;

/// <summary>Where the frames of a WebSocket end, found by reading one whole header after the other (RFC 6455 5.2).</summary>
internal sealed record ReferenceFrames(IReadOnlySet<long> Boundaries, long CloseBegins, long BrokenAt)
{
    /// <summary>Offsets are counts of bytes; a close frame begins, or boundaries are lost, with the byte before them; −1 for never.</summary>
    internal static ReferenceFrames Read(ReadOnlySpan<byte> bytes)
    {
        var boundaries = new HashSet<long> { 0 };
        long closeBegins = -1;
        decimal at = 0;
        while (at < bytes.Length)
        {
            int header = (int)at;
            byte first = bytes[header];
            bool control = (first & 0x0F) >= 8;
            if (control && first < 0x80) return new ReferenceFrames(boundaries, closeBegins, header + 1);
            if ((first & 0x0F) == 8 && closeBegins < 0) closeBegins = header + 1;
            if (header + 1 >= bytes.Length) break;

            int length = bytes[header + 1] & 0x7F, extra = length == 126 ? 2 : length == 127 ? 8 : 0;
            if (control && extra > 0) return new ReferenceFrames(boundaries, closeBegins, header + 2);
            if (header + 2 + extra > bytes.Length) break;
            decimal payload = length;
            if (extra > 0)
            {
                payload = 0;
                foreach (byte b in bytes.Slice(header + 2, extra)) payload = (payload * 256) + b;
                if (payload > long.MaxValue) return new ReferenceFrames(boundaries, closeBegins, header + 2 + extra);
            }

            at += 2 + extra + (bytes[header + 1] >= 0x80 ? 4 : 0) + payload;
            if (at <= bytes.Length) boundaries.Add((long)at);
        }

        return new ReferenceFrames(boundaries, closeBegins, -1);
    }
}
