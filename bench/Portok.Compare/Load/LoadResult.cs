namespace Portok.Compare.Load;

/// <summary>What a load generator saw in one run.</summary>
/// <param name="Count">Completed requests, messages or events.</param>
/// <param name="Errors">Answers other than 2xx and 3xx, and connections that failed, broke or timed out.</param>
internal sealed record LoadResult(long Count, double Seconds, double P50Ms, double P95Ms, double P99Ms, long Errors)
{
    public double PerSecond => Count / Seconds;
}
