namespace Portok.Fuzz.Fuzzing;

/// <summary>Makes a new input of one or two old ones: a few small changes on top of each other, as AFL's havoc stage does.</summary>
/// <param name="random">The run's only source of chance.</param>
/// <param name="words">Words to put in.</param>
/// <param name="maxLength">No input gets longer.</param>
internal sealed class Mutator(Random random, byte[][] words, int maxLength)
{
    private static readonly byte[] Interesting = [0, 1, 9, 10, 13, 32, 33, 47, 48, 49, 57, 58, 64, 65, 97, 102, 126, 127, 128, 255];

    /// <summary>A changed copy.</summary>
    /// <param name="input">What to change.</param>
    /// <param name="other">Where pieces may come from.</param>
    internal byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        int changes = 1 << random.Next(5);
        for (int i = 0; i < changes; i++) Change(bytes, other);
        if (bytes.Count > maxLength) bytes.RemoveRange(maxLength, bytes.Count - maxLength);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(Word());
            return;
        }

        int at = random.Next(bytes.Count);
        switch (random.Next(13))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)(bytes[at] + random.Next(1, 17) * (random.Next(2) == 0 ? 1 : -1));
                break;
            case 2:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                bytes[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 4:
                bytes.RemoveRange(at, RunLength(bytes.Count - at));
                break;
            case 5:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, RunLength(bytes.Count - at)));
                break;
            case 6:
                byte[] piece = bytes.GetRange(at, RunLength(bytes.Count - at)).ToArray();
                Overwrite(bytes, random.Next(bytes.Count), piece);
                break;
            case 7:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 8 or 9:
                bytes.InsertRange(random.Next(bytes.Count + 1), Word());
                break;
            case 10:
                Overwrite(bytes, at, Word());
                break;
            case 11:
                if (other.Length == 0) break;
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, RunLength(other.Length - from)).ToArray());
                break;
            default:
                // The beginning of one with the end of the other.
                if (other.Length == 0 || random.Next(4) > 0) break;
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(random.Next(other.Length)).ToArray());
                break;
        }
    }

    private byte[] Word() => words[random.Next(words.Length)];

    /// <summary>Mostly short, at times long.</summary>
    private int RunLength(int most) => Math.Min(most, 1 + random.Next(random.Next(4) == 0 ? 128 : 12));

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (int i = 0; i < with.Length && at + i < bytes.Count; i++) bytes[at + i] = with[i];
    }
}
