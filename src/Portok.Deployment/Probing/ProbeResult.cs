namespace Portok.Deployment.Probing;

/// <summary>Why a probe was not healthy.</summary>
public enum ProbeFailure
{
    None,
    Refused,
    Timeout,
    Reset,
    Status,
    Invalid,
}

/// <summary>The outcome of one probe. Healthy means exactly: a 2xx answer inside the timeout.</summary>
/// <param name="Status">The status code, null when no answer was understood.</param>
/// <param name="BodyStart">The first bytes of the body as printable text (at most 256 characters), null when there was none.</param>
public sealed record ProbeResult(int Port, bool Healthy, int? Status, double ElapsedMs, ProbeFailure Failure, string? BodyStart, DateTimeOffset At);
