namespace Portok.Compare.Measuring;

/// <summary>One peer in one round.</summary>
/// <param name="Values">By the keys of <see cref="Figures"/>.</param>
/// <param name="Errors">Requests that failed: a figure bought with them is none.</param>
internal sealed record Sample(string Peer, int Round, IReadOnlyDictionary<string, double> Values, long Errors);

/// <summary>What one turn found.</summary>
internal sealed class Findings
{
    public Dictionary<string, double> Values { get; } = new(StringComparer.Ordinal);

    public long Errors { get; private set; }

    public Findings With(Figure figure, double value)
    {
        Values[figure.Key] = value;
        return this;
    }

    public Findings WithErrors(long errors)
    {
        Errors += errors;
        return this;
    }
}
