namespace Portok.Admin.Contract;

/// <summary>Answer of <see cref="AdminPaths.Status"/>.</summary>
public sealed record StatusAnswer
{
    /// <summary>Where new requests go.</summary>
    public required int ActivePort { get; init; }

    /// <summary>Until when old work may go on; null as soon as the last of it is gone: then the old app may be stopped.</summary>
    public required DateTimeOffset? DrainUntil { get; init; }

    /// <summary>The last switch; null before the first.</summary>
    public required SwitchReport? LastSwitch { get; init; }

    /// <summary>The instance's name.</summary>
    public required string Instance { get; init; }

    /// <summary>The daemon's version.</summary>
    public required string Version { get; init; }

    /// <summary>Whole seconds since the daemon started.</summary>
    public required long UptimeSeconds { get; init; }

    public required RollbackReport Rollback { get; init; }

    /// <summary>The drain with the latest end; null when no old work is left.</summary>
    public required DrainReport? Drain { get; init; }

    /// <summary>Every drain that still has work, the one with the latest end first; several switches in a row leave several.</summary>
    public required IReadOnlyList<DrainReport> Drains { get; init; }
}

/// <summary>The rollback watch.</summary>
public sealed record RollbackReport
{
    /// <summary>The end of the open window; null when none is open.</summary>
    public required DateTimeOffset? ArmedUntil { get; init; }

    /// <summary>Consecutive failed probes in the window.</summary>
    public required int Failures { get; init; }

    /// <summary>Where a rollback would go; null when no window is open.</summary>
    public required int? PreviousPort { get; init; }
}

/// <summary>Old work that goes on after a switch.</summary>
public sealed record DrainReport
{
    public required int Port { get; init; }

    /// <summary>Requests in flight on the old port.</summary>
    public required int Inflight { get; init; }

    /// <summary>Open tunnels (WebSocket and other upgrades) on the old port.</summary>
    public required int Tunnels { get; init; }

    /// <summary>When what is left will be cut.</summary>
    public required DateTimeOffset Until { get; init; }
}
