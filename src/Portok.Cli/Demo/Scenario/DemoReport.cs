namespace Portok.Cli.Demo.Scenario;

/// <summary>What the demo found out. Times in milliseconds; what it did not come to is null, and left out of the JSON.</summary>
internal sealed record DemoReport
{
    public required bool Passed { get; init; }

    /// <summary>What went wrong, in words.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Of the load, from its start to its end.</summary>
    public required double Seconds { get; init; }

    /// <summary>Requests in total, lost ones included.</summary>
    public required long Requests { get; init; }

    public required long AnsweredByV1 { get; init; }

    public required long AnsweredByV2 { get; init; }

    public required long Lost { get; init; }

    public required long WrongVersion { get; init; }

    /// <summary>From asking for the switch to its 200, the probe of v2 included.</summary>
    public required double? SwitchMs { get; init; }

    public required double? P50BeforeMs { get; init; }

    public required double? P99BeforeMs { get; init; }

    public required double? P50DuringMs { get; init; }

    public required double? P99DuringMs { get; init; }

    public required int WebSockets { get; init; }

    /// <summary>WebSockets that got 1001 (Going Away) when the drain after the switch was over.</summary>
    public required int ClosedAfterSwitch { get; init; }

    /// <summary>The same after the rollback.</summary>
    public required int ClosedAfterRollback { get; init; }

    /// <summary>From making v2 unhealthy to the rollback being seen.</summary>
    public required double? RollbackMs { get; init; }

    /// <summary>With --stay: the daemon's address and admin token.</summary>
    public string? Url { get; init; }

    public string? Token { get; init; }

    /// <summary>The daemon's last lines, when something went wrong.</summary>
    public IReadOnlyList<string>? DaemonLog { get; init; }
}
