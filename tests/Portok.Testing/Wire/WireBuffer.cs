namespace Portok.Testing;

/// <summary>Received bytes: those already read (when kept) and those still to be read.</summary>
internal sealed class WireBuffer(bool keepAll)
{
    private const int LeastRoom = 64 * 1024;
    private byte[] _data = new byte[LeastRoom];
    private int _read;
    private int _end;

    /// <summary>Bytes received and not yet read.</summary>
    public int Count => _end - _read;

    /// <summary>Bytes received since the beginning.</summary>
    public long TotalCount { get; private set; }

    /// <summary>What is to be read next.</summary>
    public Span<byte> Unread => _data.AsSpan(_read, Count);

    /// <summary>Everything received, or what is left of it when not all is kept.</summary>
    public byte[] Everything() => _data[..Volatile.Read(ref _end)];

    /// <summary>Room for the next bytes.</summary>
    public Memory<byte> Room()
    {
        if (!keepAll && _read > 0)
        {
            _data.AsSpan(_read, Count).CopyTo(_data);
            _end -= _read;
            _read = 0;
        }

        if (_data.Length - _end < LeastRoom)
            Array.Resize(ref _data, Math.Max(_data.Length * 2, _end + LeastRoom));
        return _data.AsMemory(_end);
    }

    /// <summary>Says that many bytes of the room were filled.</summary>
    public void Added(int count)
    {
        Volatile.Write(ref _end, _end + count);
        TotalCount += count;
    }

    /// <summary>Reads away.</summary>
    public byte[] Take(int count)
    {
        byte[] taken = _data.AsSpan(_read, count).ToArray();
        _read += count;
        return taken;
    }
}
