using Portok.Differential.Cases;

namespace Portok.Differential.Running;

/// <summary>One run of a case.</summary>
internal sealed record SplitOutcome(Case Case, string Peer, Split Split, Outcome Outcome, int OriginPort);

/// <summary>A judge's word on one case.</summary>
internal sealed record JudgeResult(string Case, string Judge, int Refused, string? Violation);
