using System.Text;

namespace Portok.Testing;

/// <summary>Bytes as text and back, one character a byte (ISO 8859-1), so that tests can write wire bytes as string literals.</summary>
public static class Latin1
{
    /// <summary>One byte for each character; characters over U+00FF are a mistake of the test.</summary>
    public static byte[] Bytes(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff'))
            throw new ArgumentException("A character over U+00FF has no single byte.", nameof(text));
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>One character for each byte.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Bytes for the words of a failure: CR, LF and other controls shown as escapes, long ones cut in the middle.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        const int most = 1500;
        return bytes.Length <= most
            ? Escape(bytes)
            : $"{Escape(bytes[..(most / 2)])} …({bytes.Length - most} bytes more)… {Escape(bytes[^(most / 2)..])}";
    }

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + 16);
        foreach (byte value in bytes)
        {
            _ = value switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                < 0x20 or > 0x7e => text.Append("\\x").Append(value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append((char)value),
            };
        }

        return text.ToString();
    }
}
