namespace Portok.Compare.Measuring;

/// <summary>One peer in one round.</summary>
internal sealed record Measurement(
    string Scenario,
    string Peer,
    int Round,
    long Requests,
    double RequestsPerSecond,
    double P50Ms,
    double P99Ms,
    double CpuMicrosecondsPerRequest,
    long ResidentKiB,
    long Errors);
