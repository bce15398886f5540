using System.Buffers;

namespace Portok.Http1;

/// <summary>The character sets of RFC 9110 5.6 and RFC 9112 as vectorised searches, and comparisons of short ASCII words.</summary>
internal static class Grammar
{
    public const byte Cr = (byte)'\r';
    public const byte Lf = (byte)'\n';
    public const byte Space = (byte)' ';
    public const byte Tab = (byte)'\t';

    /// <summary>tchar, RFC 9110 5.6.2: names of methods and fields.</summary>
    public static readonly SearchValues<byte> TokenChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Every control but HTAB: none may stand in a line of a head; CR is found as the line's end (RFC 9110 5.5).</summary>
    public static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>
    /// Visible ASCII without '#': a fragment is never sent (RFC 9110 4.2.5). Wider than RFC 3986 on purpose: browsers send
    /// '|', '"' and the like unescaped, and the target goes on byte for byte.
    /// </summary>
    public static readonly SearchValues<byte> TargetChars = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>SP or HTAB (RFC 9110 5.6.3).</summary>
    public static bool IsWhiteSpace(byte b) => b is Space or Tab;

    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && bytes.IndexOfAnyExcept(TokenChars) < 0;

    /// <summary>Compares with a word given in lower case; only letters fold.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> lower)
        => bytes.Length == lower.Length && System.Text.Ascii.EqualsIgnoreCase(bytes, lower);

    /// <summary>Without surrounding SP and HTAB.</summary>
    public static ReadOnlySpan<byte> TrimWhiteSpace(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t"u8);

    /// <summary>Takes the next element of a comma-separated list (RFC 9110 5.6.1), trimmed; empty elements are skipped.</summary>
    public static bool NextElement(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> element)
    {
        while (!list.IsEmpty)
        {
            int comma = list.IndexOf((byte)',');
            element = TrimWhiteSpace(comma < 0 ? list : list[..comma]);
            list = comma < 0 ? default : list[(comma + 1)..];
            if (!element.IsEmpty) return true;
        }

        element = default;
        return false;
    }

    /// <summary>Digits only, up to 2^63 − 1 (RFC 9110 8.6).</summary>
    public static bool TryParseLength(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.IsEmpty) return false;
        foreach (byte b in digits)
        {
            int digit = b - '0';
            if ((uint)digit > 9 || value > (long.MaxValue - digit) / 10) return false;
            value = (value * 10) + digit;
        }

        return true;
    }

    /// <summary>The reason for a byte that stopped a search: line breaks and controls name themselves, the rest is the caller's.</summary>
    public static RejectReason FaultAt(ReadOnlySpan<byte> bytes, int at, RejectReason otherwise)
    {
        if ((uint)at >= (uint)bytes.Length) return otherwise;
        byte b = bytes[at];
        if (b == Lf) return RejectReason.BareLineBreak;
        if (b == Cr) return at + 1 < bytes.Length && bytes[at + 1] != Lf ? RejectReason.BareLineBreak : otherwise;
        return Controls.Contains(b) ? RejectReason.ControlInHead : otherwise;
    }
}
