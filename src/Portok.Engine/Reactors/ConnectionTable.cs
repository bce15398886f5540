namespace Portok.Engine.Reactors;

/// <summary>
/// Where a reactor finds the connection an event is for. epoll's 64 bits carry slot and generation, so that an event for a
/// connection that is gone never reaches the next owner of its slot or descriptor. One thread.
/// </summary>
internal sealed class ConnectionTable
{
    private Connection?[] _slots = new Connection?[64];
    private uint[] _generations = new uint[64];
    private readonly Stack<int> _free = new();
    private int _used;

    /// <summary>Connections in the table.</summary>
    internal int Count { get; private set; }

    /// <summary>Gives the connection a slot and returns the bits to register with epoll.</summary>
    internal ulong Add(Connection connection)
    {
        if (!_free.TryPop(out int slot))
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, 2 * slot);
                Array.Resize(ref _generations, 2 * slot);
            }
        }

        connection.Slot = slot;
        connection.Generation = ++_generations[slot];
        _slots[slot] = connection;
        Count++;
        return IdOf(connection);
    }

    internal static ulong IdOf(Connection connection) => ((ulong)connection.Generation << 32) | (uint)connection.Slot;

    /// <summary>The connection registered with these bits, or null when it is gone.</summary>
    internal Connection? Find(ulong id)
    {
        uint slot = (uint)id;
        if (slot >= (uint)_used) return null;
        Connection? connection = _slots[slot];
        return connection is not null && connection.Generation == (uint)(id >> 32) ? connection : null;
    }

    internal void Remove(Connection connection)
    {
        _slots[connection.Slot] = null;
        _free.Push(connection.Slot);
        connection.Slot = -1;
        Count--;
    }

    /// <summary>All connections; adding or removing while walking is allowed.</summary>
    internal IEnumerable<Connection> All()
    {
        for (int i = 0; i < _used; i++)
            if (_slots[i] is { } connection) yield return connection;
    }
}
