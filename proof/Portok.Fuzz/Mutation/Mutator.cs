namespace Portok.Fuzz.Mutation;

/// <summary>Makes new inputs out of known ones: a few small changes at a time, deterministic by its seed. One thread.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> words)
{
    private readonly Random _random = new(seed);
    private readonly List<byte> _bytes = [];

    /// <summary>Inputs larger than this are cut: small ones run faster and are easier to read.</summary>
    public const int MaxLength = 4096;

    /// <summary>A number below the limit.</summary>
    public int Below(int limit) => _random.Next(limit);

    /// <summary>A changed copy.</summary>
    /// <param name="other">Another known input, to be mixed in now and then.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        _bytes.Clear();
        _bytes.AddRange(input);
        int changes = 1 << _random.Next(5);
        for (int i = 0; i < changes; i++) Change(other);
        if (_bytes.Count > MaxLength) _bytes.RemoveRange(MaxLength, _bytes.Count - MaxLength);
        return [.. _bytes];
    }

    private void Change(byte[] other)
    {
        int at = _random.Next(_bytes.Count + 1);
        int kind = _random.Next(12);
        if (_bytes.Count == 0 || kind <= 3) Insert(kind, at, other);
        else if (at == _bytes.Count) _bytes.Add((byte)_random.Next(256));
        else Alter(kind, at);
    }

    private void Insert(int kind, int at, byte[] other)
    {
        byte[] word = words[_random.Next(words.Count)];
        switch (kind)
        {
            case 0:
                _bytes.InsertRange(at, word);
                break;
            case 1:
                // In place of what stands there.
                _bytes.RemoveRange(at, Math.Min(word.Length, _bytes.Count - at));
                _bytes.InsertRange(at, word);
                break;
            case 2 when other.Length > 0:
                int from = _random.Next(other.Length);
                _bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 + _random.Next(64))).ToArray());
                break;
            case 3 when other.Length > 0:
                // The end of another one behind the beginning of this one.
                _bytes.RemoveRange(at, _bytes.Count - at);
                _bytes.AddRange(other.AsSpan(Math.Min(at, other.Length)).ToArray());
                break;
            default:
                _bytes.Insert(at, (byte)_random.Next(256));
                break;
        }
    }

    private void Alter(int kind, int at)
    {
        int length = 1 + _random.Next(Math.Min(32, _bytes.Count - at));
        switch (kind)
        {
            case 4:
                _bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 5:
                _bytes[at] = (byte)_random.Next(256);
                break;
            case 6:
                _bytes[at] = (byte)(_bytes[at] + _random.Next(-8, 9));
                break;
            case 7:
                _bytes.RemoveRange(at, length);
                break;
            case 8:
                _bytes.InsertRange(_random.Next(_bytes.Count + 1), _bytes.GetRange(at, length));
                break;
            case 9:
                List<byte> moved = _bytes.GetRange(at, length);
                _bytes.RemoveRange(at, length);
                _bytes.InsertRange(_random.Next(_bytes.Count + 1), moved);
                break;
            case 10:
                // Digits decide about lengths.
                _bytes[at] = (byte)('0' + _random.Next(10));
                break;
            default:
                _bytes[at] ^= 0x20;
                break;
        }
    }
}
