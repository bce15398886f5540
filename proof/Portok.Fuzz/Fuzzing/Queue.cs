namespace Portok.Fuzz.Fuzzing;

/// <summary>
/// The inputs that met something new, and whose turn it is. Preferred are the smallest input of each edge (what AFL calls
/// favoured) and the newest ones.
/// </summary>
internal sealed class Queue
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, Entry> _smallest = [];
    private readonly List<Entry> _favoured = [];
    private bool _stale;

    internal int Count => _entries.Count;

    internal IEnumerable<byte[]> Inputs => _entries.Select(e => e.Bytes);

    internal void Add(byte[] bytes, IReadOnlyList<int> features)
    {
        var entry = new Entry(bytes, features);
        _entries.Add(entry);
        foreach (int feature in features)
        {
            if (_smallest.TryGetValue(feature, out Entry? holder))
            {
                if (holder.Bytes.Length <= bytes.Length) continue;
                holder.Holds--;
            }

            _smallest[feature] = entry;
            entry.Holds++;
        }

        _stale = true;
    }

    internal byte[] Choose(Random random)
    {
        if (_stale)
        {
            _favoured.Clear();
            _favoured.AddRange(_entries.Where(e => e.Holds > 0));
            _stale = false;
        }

        int kind = random.Next(8);
        if (kind < 5 && _favoured.Count > 0) return _favoured[random.Next(_favoured.Count)].Bytes;
        if (kind < 7) return _entries[Math.Max(0, _entries.Count - 1 - random.Next(32))].Bytes;
        return _entries[random.Next(_entries.Count)].Bytes;
    }

    /// <summary>A small set of inputs that together meet every edge the queue met: greedily, those that add most first.</summary>
    internal IReadOnlyList<byte[]> Cover()
    {
        var open = _entries.SelectMany(e => e.Edges).ToHashSet();
        var cover = new List<byte[]>();
        while (open.Count > 0)
        {
            Entry best = _entries.MaxBy(e => e.Edges.Count(open.Contains))!;
            open.ExceptWith(best.Edges);
            cover.Add(best.Bytes);
        }

        return cover;
    }

    private sealed class Entry(byte[] bytes, IReadOnlyList<int> features)
    {
        /// <summary>What it met, however often.</summary>
        internal int[] Edges { get; } = [.. features.Select(f => f >> 8).Distinct()];

        internal byte[] Bytes { get; } = bytes;

        /// <summary>Edges of which it is the smallest input.</summary>
        internal int Holds { get; set; }
    }
}
