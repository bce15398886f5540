using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;

namespace Portok.Cli.Connection;

/// <summary>What the daemon of an instance says of itself, or why it says nothing.</summary>
/// <param name="Problem">A few words: "down", "no answer", "token refused"; null: it answered.</param>
internal sealed record LiveReport(StatusAnswer? Status, MetricsAnswer? Metrics, string? Problem)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks; never fails, but for being cancelled.</summary>
    public static async Task<LiveReport> AskAsync(Instance instance, CancellationToken cancellation)
    {
        if (instance.Unreadable is not null || instance.ListenPort is null)
        {
            return new LiveReport(null, null, "file at fault");
        }

        try
        {
            using AdminClient client = new(InstanceEndpoint.Of(instance), Patience);
            AdminAnswer status = await client.GetAsync(AdminPaths.Status, cancellation).ConfigureAwait(false);
            if (!status.IsSuccess)
            {
                return new LiveReport(null, null, Words(status));
            }

            AdminAnswer metrics = await client.GetAsync(AdminPaths.Metrics, cancellation).ConfigureAwait(false);
            return new LiveReport(
                status.Read(AdminJson.Default.StatusAnswer),
                metrics.IsSuccess ? metrics.Read(AdminJson.Default.MetricsAnswer) : null,
                metrics.IsSuccess ? null : Words(metrics));
        }
        catch (CommandFailure failure)
        {
            return new LiveReport(null, null, failure.Error switch
            {
                "No answer" => "no answer",
                "Not portokd" => "not portokd",
                _ => "down",
            });
        }
    }

    private static string Words(AdminAnswer refused) => refused.Status switch
    {
        401 => "token refused",
        403 => "address refused",
        429 => refused.RetryAfter is { } wait ? $"rate limit, {Wording.Span(wait)}" : "rate limit",
        _ => $"HTTP {refused.Status}",
    };
}
