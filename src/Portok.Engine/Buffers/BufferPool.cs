namespace Portok.Engine.Buffers;

/// <summary>
/// Buffers for what one reactor has to keep for a while: incomplete heads, unsent remainders. Size classes of powers of
/// four; a class keeps a bounded number of free buffers. One thread.
/// </summary>
internal sealed class BufferPool
{
    private const int SmallestLog2 = 10, Classes = 6, MaxKeptPerClass = 64;
    private readonly Stack<byte[]>[] _free = new Stack<byte[]>[Classes];

    internal BufferPool()
    {
        for (int i = 0; i < Classes; i++) _free[i] = new Stack<byte[]>();
    }

    /// <summary>Buffers handed out and not yet given back.</summary>
    internal int Rented { get; private set; }

    /// <summary>A buffer of at least <paramref name="size"/> bytes, its content undefined.</summary>
    internal byte[] Rent(int size)
    {
        Rented++;
        int index = ClassOf(size);
        if (index >= Classes) return GC.AllocateUninitializedArray<byte>(size);
        return _free[index].TryPop(out byte[]? buffer) ? buffer : GC.AllocateUninitializedArray<byte>(1 << (SmallestLog2 + (2 * index)));
    }

    /// <summary>Gives a buffer back; the caller must not touch it again.</summary>
    internal void Return(byte[] buffer)
    {
        Rented--;
        int index = ClassOf(buffer.Length);
        if (index < Classes && buffer.Length == 1 << (SmallestLog2 + (2 * index)) && _free[index].Count < Limit(index))
            _free[index].Push(buffer);
    }

    // Many small ones may stay, few of a megabyte.
    private static int Limit(int index) => Math.Max(4, MaxKeptPerClass >> index);

    private static int ClassOf(int size)
    {
        int log2 = size <= 1 ? 0 : 32 - int.LeadingZeroCount(size - 1);
        return Math.Max(0, (log2 - SmallestLog2 + 1) >> 1);
    }
}
