using System.Globalization;
using System.Text;

namespace Portok.Admin.Endpoints;

/// <summary>Reads key=value pairs strictly: what cannot be decoded is refused, not guessed at.</summary>
internal static class QueryString
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The decoded pairs in order; empty pieces ("&amp;&amp;") are passed over. False when something is not decodable.</summary>
    public static bool TryParse(string query, out List<(string Key, string Value)> pairs)
    {
        pairs = [];
        foreach (string piece in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            ReadOnlySpan<char> rawKey = equals < 0 ? piece : piece.AsSpan(0, equals);
            ReadOnlySpan<char> rawValue = equals < 0 ? "" : piece.AsSpan(equals + 1);
            if (!TryDecode(rawKey, out string key) || !TryDecode(rawValue, out string value))
                return false;
            pairs.Add((key, value));
        }

        return true;
    }

    // "+" is a space, as in the forms that curl --data-urlencode -G and URLSearchParams write.
    private static bool TryDecode(ReadOnlySpan<char> text, out string decoded)
    {
        decoded = "";
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length
                    || !byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                {
                    return false;
                }

                bytes.Add(value);
                i += 2;
            }
            else if (char.IsAscii(text[i]))
            {
                bytes.Add(text[i] == '+' ? (byte)' ' : (byte)text[i]);
            }
            else
            {
                return false;
            }
        }

        try
        {
            decoded = Strict.GetString([.. bytes]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
