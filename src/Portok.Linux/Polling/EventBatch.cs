using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Portok.Linux.Polling;

/// <summary>
/// Room for the events of one epoll_wait. struct epoll_event is packed on x64 (12 bytes, data at 4) and naturally aligned
/// elsewhere (16 bytes, data at 8); both layouts are read here.
/// </summary>
public sealed class EventBatch
{
    internal static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    internal static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    /// <param name="capacity">Events at most per wait.</param>
    public EventBatch(int capacity)
    {
        Capacity = capacity;
        Bytes = GC.AllocateArray<byte>(capacity * 16, pinned: true);
    }

    /// <summary>Events at most per wait.</summary>
    public int Capacity { get; }

    /// <summary>The raw array the kernel writes to.</summary>
    internal byte[] Bytes { get; }

    /// <summary>The event bits of entry <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PollEvents Events(int index) => (PollEvents)BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(index * Stride));

    /// <summary>The 64 bits that were registered with the descriptor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Data(int index) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan((index * Stride) + DataOffset));

    /// <summary>Writes an entry, as the kernel would: for scripted system calls in tests.</summary>
    public void Set(int index, PollEvents events, ulong data) => Encode(Bytes.AsSpan(index * Stride), events, data);

    internal static void Encode(Span<byte> entry, PollEvents events, ulong data)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)events);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[DataOffset..], data);
    }
}
