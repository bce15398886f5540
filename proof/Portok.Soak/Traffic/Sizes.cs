namespace Portok.Soak.Traffic;

/// <summary>Sizes of bodies: empty now and then, mostly small, seldom several MiB.</summary>
internal static class Sizes
{
    private const int Ordinary = 256 * 1024;
    private const int Largest = 4 * 1024 * 1024;

    internal static int Next(Random random) => random.Next(100) switch
    {
        < 5 => 0,
        < 97 => Spread(random, Ordinary),
        _ => random.Next(Ordinary, Largest),
    };

    /// <summary>As many between 10 and 100 bytes as between 10 and 100 KiB.</summary>
    internal static int Spread(Random random, int most) => (int)Math.Exp(random.NextDouble() * Math.Log(most));
}
