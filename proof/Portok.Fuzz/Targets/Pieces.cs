namespace Portok.Fuzz.Targets;

/// <summary>Ways to split an input into reads; chosen by the input itself, so that a replay needs nothing else.</summary>
internal static class Pieces
{
    /// <summary>Every byte alone, and two uneven ways.</summary>
    internal static IEnumerable<Func<int, int>> Splits(byte[] input)
    {
        uint hash = 2166136261;
        foreach (byte b in input) hash = (hash ^ b) * 16777619;
        yield return static _ => 1;
        foreach (uint state in new[] { hash, hash * 2654435761 })
        {
            uint next = state;
            yield return _ => 1 + (int)((next = (next * 1664525) + 1013904223) >> 27);
        }
    }
}
