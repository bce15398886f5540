using Portok.Testing;

namespace Portok.Soak.Traffic;

/// <summary>What everybody who makes traffic knows.</summary>
/// <param name="Port">The public port.</param>
/// <param name="Versions">Which app may answer when.</param>
/// <param name="Tally">Where it is counted.</param>
/// <param name="Stop">Ends the traffic; what is under way is finished.</param>
internal sealed record Shared(int Port, VersionTimeline Versions, Tally Tally, CancellationToken Stop)
{
    /// <summary>Lets a moment pass, as clients do between two requests. False at the end.</summary>
    internal async Task<bool> PauseAsync(Random random, int leastMs, int mostMs)
    {
        try
        {
            await Task.Delay(random.Next(leastMs, mostMs), Stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
