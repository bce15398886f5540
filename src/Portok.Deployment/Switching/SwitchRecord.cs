namespace Portok.Deployment.Switching;

/// <summary>One switch that happened; part of the saved state.</summary>
/// <param name="Reason">"manual", "rollback" or the caller's own words.</param>
/// <param name="Id">A UUID, or the key the caller gave.</param>
public sealed record SwitchRecord(int From, int To, DateTimeOffset At, string Reason, string Id);
