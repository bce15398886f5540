using System.Globalization;
using System.Text;

namespace Portok.Fuzz;

/// <summary>Bytes as one line of ASCII: \r, \n, \t, \\ and \xNN; the form of corpus files, which people read and compare.</summary>
internal static class EscapedBytes
{
    internal static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + 16);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            // White space at an end would be lost to editors, and '#' begins a comment.
            bool plain = b is > 0x20 and < 0x7F && b != '\\' && (b != '#' || i > 0) || (b == ' ' && i > 0 && i < bytes.Length - 1);
            if (plain) text.Append((char)b);
            else text.Append(b switch { (byte)'\r' => "\\r", (byte)'\n' => "\\n", (byte)'\t' => "\\t", (byte)'\\' => "\\\\", _ => $"\\x{b:X2}" });
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">An escape that is none of ours.</exception>
    internal static byte[] Read(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            char kind = ++i < text.Length ? text[i] : '\0';
            if (kind == 'x' && i + 2 < text.Length)
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
                continue;
            }

            bytes.Add(kind switch { 'r' => (byte)'\r', 'n' => (byte)'\n', 't' => (byte)'\t', '\\' => (byte)'\\', _ => throw new FormatException($"'\\{kind}' is no escape of corpus files.") });
        }

        return [.. bytes];
    }
}
