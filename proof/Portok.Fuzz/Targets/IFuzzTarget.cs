namespace Portok.Fuzz.Targets;

/// <summary>Something that bytes are fed to, and an oracle that says whether what it did was right.</summary>
internal interface IFuzzTarget
{
    /// <summary>Longest input worth trying, in bytes.</summary>
    int MaxLength { get; }

    /// <summary>What a first run begins with.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Runs one input.</summary>
    /// <exception cref="InvariantViolation">Something was not as it must be.</exception>
    void Run(byte[] input);

    /// <summary>What an input means, for a person.</summary>
    string Describe(byte[] input) => EscapedBytes.Write(input);
}
