namespace Portok.Compare.Load;

/// <summary>What a load generator saw in one run.</summary>
/// <param name="Requests">Completed requests.</param>
/// <param name="Errors">Answers other than 2xx and 3xx, and connections that failed, broke or timed out.</param>
internal sealed record LoadResult(long Requests, double Seconds, double P50Ms, double P99Ms, long Errors)
{
    public double RequestsPerSecond => Requests / Seconds;
}
