namespace Portok.Fuzz.Simulation;

/// <summary>Reads acts and what belongs to them from an input; behind its end everything is nothing.</summary>
internal ref struct ActReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    public bool Next(out byte value)
    {
        value = 0;
        if (_rest.IsEmpty) return false;
        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    public int Number() => Next(out byte value) ? value : 0;

    /// <summary>A count of bytes; 255 is no limit.</summary>
    public int Limit() => Number() is var n && n is 255 or 0 ? int.MaxValue : n;

    /// <summary>Room for bytes; 255 is without end.</summary>
    public long Room() => Number() is var n && n == 255 ? long.MaxValue : 4 * n;

    public ReadOnlySpan<byte> Data()
    {
        int end = _rest.IndexOf(ConnectionScript.EndOfData);
        ReadOnlySpan<byte> data = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return data;
    }

    public SimulatedSocket? Pick(IReadOnlyList<SimulatedSocket> sockets)
    {
        int number = Number();
        return sockets.Count == 0 ? null : sockets[number % sockets.Count];
    }
}
