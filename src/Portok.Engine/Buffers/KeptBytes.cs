namespace Portok.Engine.Buffers;

/// <summary>
/// Bytes a connection has to keep beyond the current event: an incomplete head, a request that waits its turn, an unsent
/// remainder. Owns a pooled buffer only while there is something in it. A mutable struct: pass by reference only.
/// </summary>
internal struct KeptBytes
{
    private byte[]? _buffer;
    private int _start;
    private int _end;

    internal readonly int Count => _end - _start;

    internal readonly bool IsEmpty => _start == _end;

    internal readonly ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Adds bytes at the end.</summary>
    internal void Append(ReadOnlySpan<byte> bytes, BufferPool pool)
    {
        if (bytes.IsEmpty) return;
        if (_buffer is null)
        {
            _buffer = pool.Rent(bytes.Length);
        }
        else if (_buffer.Length - _end < bytes.Length)
        {
            byte[] target = _buffer.Length >= Count + bytes.Length ? _buffer : pool.Rent(2 * (Count + bytes.Length));
            int count = Count;
            Span.CopyTo(target);
            if (target != _buffer) pool.Return(_buffer);
            _buffer = target;
            _start = 0;
            _end = count;
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Forgets the first bytes.</summary>
    internal void Consume(int count, BufferPool pool)
    {
        _start += count;
        if (_start == _end) Clear(pool);
    }

    /// <summary>Copies the first bytes, as many as there is room for, and keeps them.</summary>
    /// <returns>Bytes copied.</returns>
    internal readonly int CopyTo(Span<byte> destination)
    {
        int count = Math.Min(Count, destination.Length);
        Span[..count].CopyTo(destination);
        return count;
    }

    /// <summary>Moves everything into <paramref name="destination"/> and gives the buffer back.</summary>
    /// <returns>Bytes moved.</returns>
    internal int TakeInto(Span<byte> destination, BufferPool pool)
    {
        int count = Count;
        if (count == 0) return 0;
        Span.CopyTo(destination);
        Clear(pool);
        return count;
    }

    internal void Clear(BufferPool pool)
    {
        if (_buffer is not null) pool.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}
