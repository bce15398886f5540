using System.Runtime.InteropServices;

namespace Portok.Fuzz.Coverage;

/// <summary>
/// What instrumented code leaves behind: one byte for each pair of consecutive branches, counted up by the code itself. As
/// in AFL, counts are looked at in eight buckets, so that "more often than before" is news too.
/// </summary>
internal sealed class CoverageMap
{
    internal const int Size = 64 * 1024;

    private static readonly byte[] Buckets = MakeBuckets();

    // Instrumented code writes here through a raw pointer: it must never move.
    private readonly byte[] _hits = GC.AllocateArray<byte>(Size, pinned: true);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>Where the hits are counted, for instrumented code.</summary>
    internal IntPtr Address => Marshal.UnsafeAddrOfPinnedArrayElement(_hits, 0);

    /// <summary>Edges met so far.</summary>
    internal int Edges { get; private set; }

    /// <summary>Forgets the last execution.</summary>
    internal void Clear() => Array.Clear(_hits);

    /// <summary>Takes in the last execution.</summary>
    /// <returns>Whether it met an edge, or a bucket of one, for the first time.</returns>
    internal bool TakeNews()
    {
        bool news = false;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(_hits.AsSpan());
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] == 0) continue;
            for (int i = word * 8; i < (word + 1) * 8; i++)
            {
                byte bucket = Buckets[_hits[i]];
                if ((bucket & ~_seen[i]) == 0) continue;
                if (_seen[i] == 0) Edges++;
                _seen[i] |= bucket;
                news = true;
            }
        }

        return news;
    }

    /// <summary>The edges and buckets of the last execution, as numbers.</summary>
    internal List<int> Features()
    {
        var features = new List<int>();
        for (int i = 0; i < Size; i++)
            if (_hits[i] != 0) features.Add((i << 8) | Buckets[_hits[i]]);
        return features;
    }

    // 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more: one bit each.
    private static byte[] MakeBuckets()
    {
        byte[] buckets = new byte[256];
        for (int count = 1; count < 256; count++)
            buckets[count] = (byte)(count switch { 1 => 1, 2 => 2, 3 => 4, <= 7 => 8, <= 15 => 16, <= 31 => 32, <= 127 => 64, _ => 128 });
        return buckets;
    }
}
