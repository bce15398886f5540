using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>Appends to a span that the caller has made large enough.</summary>
internal ref struct HeadWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Length { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Length..]);
        Length += bytes.Length;
    }

    public void Write(byte b) => _destination[Length++] = b;

    /// <summary>Writes a number without leading zeros.</summary>
    public void Write(long number)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(number, _destination[Length..], out int written);
        Length += written;
    }

    /// <summary>Writes the Date field, in UTC (IMF-fixdate, RFC 9110 5.6.7).</summary>
    public void WriteDate(DateTimeOffset date)
    {
        Write("Date: "u8);
        System.Buffers.Text.Utf8Formatter.TryFormat(date.ToUniversalTime(), _destination[Length..], out int written, new System.Buffers.StandardFormat('R'));
        Length += written;
        Write("\r\n"u8);
    }

    /// <summary>Writes a field line anew: name, colon, one SP, value.</summary>
    public void WriteField(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Write(name);
        Write(": "u8);
        Write(value);
        Write("\r\n"u8);
    }
}
