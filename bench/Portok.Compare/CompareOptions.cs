namespace Portok.Compare;

/// <summary>What is to be measured.</summary>
internal sealed record CompareOptions
{
    public required int Rounds { get; init; }
    public required double Seconds { get; init; }

    /// <summary>Names of scenarios; empty: the default ones.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>Names of peers; empty: all that can run here.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Path of the portokd to measure; null: none.</summary>
    public string? Portokd { get; init; }
    public required string PortokdKind { get; init; }

    /// <summary>JSON on stdout instead of tables.</summary>
    public bool Json { get; init; }

    /// <summary>Folder for the result files; null: write none.</summary>
    public string? ResultsFolder { get; init; }
}
