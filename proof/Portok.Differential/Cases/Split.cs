using System.Globalization;

namespace Portok.Differential.Cases;

/// <summary>Where a message is cut into sends.</summary>
/// <param name="Name">For people.</param>
/// <param name="Cuts">Offsets, rising, none at an end.</param>
internal sealed record Split(string Name, IReadOnlyList<int> Cuts)
{
    /// <summary>Past this, byte by byte takes longer than it tells.</summary>
    private const int LongestByBytes = 600;

    /// <summary>Cuts of one at most, spread evenly over those that matter.</summary>
    private const int MostCuts = 48;

    public static Split Whole { get; } = new("whole", []);

    /// <summary>Byte by byte, or in 997s when there are many.</summary>
    public static Split Pieces(int length)
    {
        int step = length <= LongestByBytes ? 1 : 997;
        return new(step == 1 ? "bytes" : "pieces", [.. Enumerable.Range(1, Math.Max(0, (length - 1) / step)).Select(i => i * step).Where(at => at < length)]);
    }

    /// <summary>For peers: whole and in pieces.</summary>
    public static IEnumerable<Split> Few(byte[] bytes) => bytes.Length > 1 ? [Whole, Pieces(bytes.Length)] : [Whole];

    /// <summary>
    /// Whole, in pieces, and in two: in front of, inside and behind each line's end, in the middle of each line, and around
    /// the bytes that other parsers take for an end.
    /// </summary>
    public static IEnumerable<Split> All(byte[] bytes)
    {
        var cuts = new SortedSet<int>();
        int line = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is (byte)'\r' or (byte)'\n' or 0 or (byte)';' or (byte)':')
            {
                cuts.Add(i);
                cuts.Add(i + 1);
            }

            if (bytes[i] != '\n') continue;
            cuts.Add((line + i) / 2);
            line = i + 1;
        }

        cuts.Add((line + bytes.Length) / 2);
        int[] inside = [.. cuts.Where(cut => cut > 0 && cut < bytes.Length)];
        int step = Math.Max(1, (inside.Length + MostCuts - 1) / MostCuts);
        return Few(bytes).Concat(inside.Where((_, i) => i % step == 0).Select(cut => new Split(string.Create(CultureInfo.InvariantCulture, $"at {cut}"), [cut])));
    }
}
