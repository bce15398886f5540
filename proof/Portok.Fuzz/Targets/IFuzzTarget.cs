namespace Portok.Fuzz.Targets;

/// <summary>Something that takes any bytes and must keep its promises. One thread.</summary>
internal interface IFuzzTarget
{
    /// <summary>Its name on the command line and in the corpus.</summary>
    string Name { get; }

    /// <summary>Where the search begins.</summary>
    IEnumerable<byte[]> Seeds { get; }

    /// <summary>Takes one input.</summary>
    /// <exception cref="BrokenPromiseException">A promise was not kept; any other exception is a find too.</exception>
    void Run(ReadOnlySpan<byte> input);
}

/// <summary>What the code under test did is not what it promises.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message)
{
    /// <summary>Throws unless the promise was kept.</summary>
    public static void Unless(bool kept, string promise)
    {
        if (!kept) throw new BrokenPromiseException(promise);
    }
}
