using Portok.Deployment.Probing;

namespace Portok.Deployment.Switching;

/// <summary>A wish to switch.</summary>
/// <param name="Port">1–65535.</param>
/// <param name="Expect">Refuse unless this port is the active one; null: any.</param>
/// <param name="Id">Repeating a key gives the first answer again; null: none.</param>
/// <param name="Reason">Recorded instead of "manual"; null: "manual".</param>
public sealed record SwitchRequest(int Port, int? Expect = null, string? Id = null, string? Reason = null);

/// <summary>How a wish to switch ended.</summary>
public enum SwitchOutcomeKind
{
    Switched,
    AlreadyActive,
    ProbeFailed,
    UnexpectedActivePort,
    OwnPort,
    StateNotWritable,
    Stopping,
}

/// <summary>The answer to a <see cref="SwitchRequest"/>.</summary>
/// <param name="Record">The switch itself when Switched.</param>
/// <param name="Probe">The probe that decided, when one was made.</param>
/// <param name="ActivePort">The active port after the answer.</param>
/// <param name="Detail">Words for a person when something was in the way (the reason the state could not be written, …).</param>
public sealed record SwitchOutcome(SwitchOutcomeKind Kind, SwitchRecord? Record, ProbeResult? Probe, int ActivePort, string? Detail);
