namespace Portok.Proof;

/// <summary>One promise and whether it held.</summary>
/// <param name="Promise">What is promised, as a sentence.</param>
/// <param name="Holds">Whether it did.</param>
/// <param name="Found">The figures that say so.</param>
public sealed record Claim(string Promise, bool Holds, string Found);

/// <summary>The claims of a proof, told as they are decided.</summary>
public sealed class Claims(TextWriter output)
{
    private readonly List<Claim> _all = [];

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<Claim> All => _all;

    /// <summary>Whether every one held; no claim at all proves nothing.</summary>
    public bool Hold => _all.Count > 0 && _all.TrueForAll(claim => claim.Holds);

    /// <summary>Adds a claim that has been decided.</summary>
    public void Add(string promise, bool holds, string found)
    {
        _all.Add(new Claim(promise, holds, found));
        output.WriteLine($"  {(holds ? "holds" : "FAILS")}  {promise}: {found}");
    }
}
