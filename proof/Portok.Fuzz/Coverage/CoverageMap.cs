using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Portok.Fuzz.Coverage;

/// <summary>
/// What an execution touched: one counter for each edge between two branches, written by the instrumented assemblies.
/// One thread.
/// </summary>
internal sealed class CoverageMap
{
    /// <summary>As many counters as the instrumentation addresses.</summary>
    public const int Size = 1 << 16;

    private readonly byte[] _counters = GC.AllocateArray<byte>(Size, pinned: true);
    private readonly byte[] _seen = new byte[Size];
    private readonly FieldInfo _previous;

    private CoverageMap(Type trace)
    {
        // The field is a raw pointer, so it is set by reflection: no unsafe code is needed for it here.
        FieldInfo memory = trace.GetField("SharedMem") ?? throw new InvalidOperationException("The instrumentation has no SharedMem.");
        memory.SetValue(null, Marshal.UnsafeAddrOfPinnedArrayElement(_counters, 0));
        _previous = trace.GetField("PrevLocation") ?? throw new InvalidOperationException("The instrumentation has no PrevLocation.");
    }

    /// <summary>Edges that any execution so far has touched.</summary>
    public int Edges { get; private set; }

    /// <summary>Connects to the instrumentation of this process.</summary>
    public static CoverageMap Attach() => new(typeof(SharpFuzz.Common.Trace));

    /// <summary>Forgets the last execution.</summary>
    public void Begin()
    {
        Array.Clear(_counters);
        _previous.SetValue(null, 0);
    }

    /// <summary>Whether the execution touched an edge that none had, or one more often (by powers of two) than any had.</summary>
    public bool IsNew()
    {
        bool found = false;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(_counters);
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] != 0) found |= NoteWord(word * sizeof(ulong));
        }

        return found;
    }

    private bool NoteWord(int first)
    {
        bool found = false;
        for (int i = first; i < first + sizeof(ulong); i++)
        {
            if (_counters[i] == 0) continue;
            byte bucket = (byte)(1 << BitOperations.Log2(_counters[i]));
            if ((_seen[i] & bucket) != 0) continue;
            if (_seen[i] == 0) Edges++;
            _seen[i] |= bucket;
            found = true;
        }

        return found;
    }
}
