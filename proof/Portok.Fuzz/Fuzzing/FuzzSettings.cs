namespace Portok.Fuzz.Fuzzing;

/// <summary>What is searched, how long, and where things lie.</summary>
internal sealed record FuzzSettings
{
    /// <summary>Null: all of them.</summary>
    public string? Target { get; init; }

    /// <summary>For each target.</summary>
    public required FuzzBudget Budget { get; init; }

    public required int Seed { get; init; }

    /// <summary>Add what was found to be new to the corpus.</summary>
    public required bool Keep { get; init; }

    public required string CorpusFolder { get; init; }

    /// <summary>Where inputs go that broke a promise.</summary>
    public required string FindsFolder { get; init; }
}
