namespace Portok.Compare;

/// <summary>What is to be measured.</summary>
internal sealed record CompareOptions
{
    public int Rounds { get; init; } = 5;

    public double Seconds { get; init; } = 2;

    /// <summary>Names of scenarios or of families of them.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Names of groups; without these and scenarios: the usual ones.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Names of peers; empty: the usual ones.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Caddy, YARP and http-proxy too.</summary>
    public bool AllPeers { get; init; }

    /// <summary>As many rounds of switches as make a hundred switches and a million requests.</summary>
    public bool Long { get; init; }

    /// <summary>Path of the portokd to measure; null: none.</summary>
    public string? Portokd { get; init; }

    public string PortokdKind { get; init; } = "native";

    /// <summary>Path of a JIT build, for the peer portokd-jit.</summary>
    public string? PortokdJit { get; init; }

    /// <summary>Path of an earlier commit's build, for the peer portokd-base.</summary>
    public string? PortokdBase { get; init; }
}
