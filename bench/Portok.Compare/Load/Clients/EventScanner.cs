using System.Buffers.Text;

namespace Portok.Compare.Load.Clients;

/// <summary>Finds the events in a stream, however it was cut into reads and whatever frames it (chunks, a head) in between.</summary>
/// <param name="found">Called with the moment an event says it was sent.</param>
internal sealed class EventScanner(Action<long> found)
{
    private static ReadOnlySpan<byte> Field => "data: "u8;

    // The beginning of an event whose rest has not come.
    private readonly byte[] _kept = new byte[EventStreams.EventBytes];

    /// <summary>Bytes kept from before: the next read goes behind as many free ones.</summary>
    public int Kept { get; private set; }

    /// <summary>Takes what was read.</summary>
    /// <param name="bytes">As many free bytes as are <see cref="Kept"/>, then those read.</param>
    public void Take(Span<byte> bytes)
    {
        _kept.AsSpan(0, Kept).CopyTo(bytes);
        int at;
        while ((at = bytes.IndexOf(Field)) >= 0 && bytes.Length - at >= Field.Length + EventStreams.TimeDigits)
        {
            if (Utf8Parser.TryParse(bytes.Slice(at + Field.Length, EventStreams.TimeDigits), out long sent, out _))
            {
                found(sent);
            }

            bytes = bytes[(at + Field.Length + EventStreams.TimeDigits)..];
        }

        // Dots and line ends are of no more use; what may be the beginning of a field is.
        Span<byte> rest = at >= 0 ? bytes[at..] : bytes[^Math.Min(bytes.Length, Field.Length - 1)..];
        rest.CopyTo(_kept);
        Kept = rest.Length;
    }
}
