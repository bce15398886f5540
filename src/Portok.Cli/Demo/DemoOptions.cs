using Portok.Cli.Demo.Scenario;

namespace Portok.Cli.Demo;

/// <summary>What a demo was asked to be.</summary>
internal sealed record DemoOptions
{
    /// <summary>Keep everything running afterwards.</summary>
    public bool Stay { get; init; }

    /// <summary>Plain lines even on a terminal.</summary>
    public bool Plain { get; init; }

    public int RequestsPerSecond { get; init; } = 2000;

    /// <summary>Kept-alive client connections.</summary>
    public int Connections { get; init; } = 32;

    public int WebSockets { get; init; } = 5;

    public DemoTimings Timings { get; init; } = new();
}
