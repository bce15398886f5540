namespace Portok.Fuzz.Fuzzing;

/// <summary>Makes an input smaller as long as it keeps a property, by leaving out ever smaller pieces.</summary>
internal static class Minimiser
{
    internal static byte[] Minimise(byte[] input, Func<byte[], bool> keeps, int maxTries)
    {
        byte[] best = input;
        int tries = 0;
        for (int piece = Math.Max(1, best.Length / 2); ; piece /= 2)
        {
            for (int at = 0; at < best.Length && tries < maxTries;)
            {
                int length = Math.Min(piece, best.Length - at);
                byte[] shorter = [.. best.AsSpan(0, at), .. best.AsSpan(at + length)];
                tries++;
                if (keeps(shorter)) best = shorter;
                else at += length;
            }

            if (piece <= 1 || tries >= maxTries) return best;
        }
    }
}
