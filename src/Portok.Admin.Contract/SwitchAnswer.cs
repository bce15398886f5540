namespace Portok.Admin.Contract;

/// <summary>Answer 200 of <see cref="AdminPaths.Switch"/>; every refusal is an <see cref="ErrorAnswer"/>.</summary>
public sealed record SwitchAnswer
{
    /// <summary>Always true: a switch that did not happen is an error answer.</summary>
    public required bool Success { get; init; }

    /// <summary>"Switched to port 8081", or "Port 8081 is already active".</summary>
    public required string Message { get; init; }

    /// <summary>The record of the switch; null when the port was already active, for then nothing is recorded.</summary>
    public required SwitchReport? Switch { get; init; }

    /// <summary>The probe that decided; null when none was made for this answer.</summary>
    public required ProbeReport? Probe { get; init; }
}

/// <summary>One switch that happened.</summary>
public sealed record SwitchReport
{
    public required int From { get; init; }

    public required int To { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>"manual", "rollback" or the caller's words.</summary>
    public required string Reason { get; init; }

    /// <summary>A UUID, or the key the caller gave.</summary>
    public required string Id { get; init; }
}
