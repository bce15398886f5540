using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Portok.Fuzz.Reference;

/// <summary>What the beginning of some bytes is, read as a chunked body.</summary>
internal enum ReferenceBodyState
{
    Incomplete,
    Complete,
    Invalid,
}

/// <summary>A chunked body read slowly, one line after the other, out of the grammar.</summary>
/// <param name="State">Whether it is whole, could become so, or is none.</param>
/// <param name="Data">The data, as far as it goes.</param>
/// <param name="Length">Bytes it takes when it is whole.</param>
/// <param name="Trailers">The trailer lines.</param>
internal sealed partial record ReferenceChunks(ReferenceBodyState State, byte[] Data, int Length, IReadOnlyList<string> Trailers)
{
    private const int MaxExtension = 1024, MaxTrailerLine = 8 * 1024, MaxTrailers = 32 * 1024;

    public static ReferenceChunks Read(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        var data = new List<byte>();
        int at = 0;
        while (true)
        {
            int end = text.IndexOf("\r\n", at, StringComparison.Ordinal);
            string line = end < 0 ? text[at..] : text[at..end];
            Match size = SizeLine().Match(line);
            if (end < 0) return Unfinished(BeginsSizeLine(line), data);
            if (!size.Success || size.Groups["extension"].Length > MaxExtension) return Invalid(data);
            ulong length = ulong.Parse(size.Groups["size"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (length > long.MaxValue) return Invalid(data);
            at = end + 2;
            if (length == 0) return ReadTrailers(text, at, data);

            int there = (int)Math.Min((ulong)(text.Length - at), length);
            data.AddRange(bytes.Slice(at, there));
            at += there;
            if ((ulong)there < length) return Unfinished(true, data);
            if (at == text.Length || text[at..] == "\r") return Unfinished(true, data);
            if (!text.AsSpan(at).StartsWith("\r\n")) return Invalid(data);
            at += 2;
        }
    }

    private static ReferenceChunks ReadTrailers(string text, int at, List<byte> data)
    {
        int first = at;
        var lines = new List<string>();
        while (true)
        {
            int end = text.IndexOf("\r\n", at, StringComparison.Ordinal);
            string line = end < 0 ? text[at..] : text[at..end];
            if (end < 0)
            {
                string begun = line.EndsWith('\r') ? line[..^1] : line;
                return Unfinished(!Controls().IsMatch(begun) && begun.Length <= MaxTrailerLine && text.Length - first <= MaxTrailers, data);
            }

            at = end + 2;
            if (at - first > MaxTrailers || line.Length > MaxTrailerLine || Controls().IsMatch(line)) return Invalid(data);
            if (line.Length == 0) return new ReferenceChunks(ReferenceBodyState.Complete, [.. data], at, lines);
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !ReferenceHead.IsToken(line[..colon])) return Invalid(data);
            lines.Add(line);
        }
    }

    private static bool BeginsSizeLine(string line)
    {
        string begun = line.EndsWith('\r') ? line[..^1] : line;
        if (begun.Length == 0) return line.Length == 0;
        Match size = SizeLine().Match(begun);
        return size.Success && size.Groups["extension"].Length <= MaxExtension;
    }

    private static ReferenceChunks Unfinished(bool valid, List<byte> data) => valid ? new(ReferenceBodyState.Incomplete, [.. data], 0, []) : Invalid(data);

    private static ReferenceChunks Invalid(List<byte> data) => new(ReferenceBodyState.Invalid, [.. data], 0, []);

    [GeneratedRegex(@"\A(?<size>[0-9A-Fa-f]{1,16})(?<extension>;[\t -~\x80-\xff]*)?\z")]
    private static partial Regex SizeLine();

    [GeneratedRegex(@"[\x00-\x08\x0a-\x1f\x7f]")]
    private static partial Regex Controls();
}
