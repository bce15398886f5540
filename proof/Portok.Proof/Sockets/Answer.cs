using System.Globalization;
using System.Text;

namespace Portok.Proof;

/// <summary>A response as far as load clients look at it: the status, the head, and where it ends by its Content-Length.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Head">The head as text.</param>
/// <param name="BodyAt">Where the body begins.</param>
/// <param name="Length">Head and body in bytes.</param>
public sealed record Answer(int Status, string Head, int BodyAt, int Length)
{
    /// <summary>The first response in the bytes; null while it is not all there.</summary>
    public static Answer? Read(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        string head = Encoding.Latin1.GetString(bytes[..(end + 4)]);
        int status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        int length = end + 4;
        const string field = "\r\nContent-Length: ";
        int at = head.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        if (at >= 0 && status != 101) length += int.Parse(head.AsSpan(at + field.Length, head.IndexOf('\r', at + field.Length) - at - field.Length), CultureInfo.InvariantCulture);
        return length <= bytes.Length ? new Answer(status, head, end + 4, length) : null;
    }
}
