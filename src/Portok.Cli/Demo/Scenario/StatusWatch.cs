using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;

namespace Portok.Cli.Demo.Scenario;

/// <summary>Asks the daemon for its status again and again.</summary>
internal sealed class StatusWatch(AdminEndpoint admin, TimeSpan every)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private volatile StatusAnswer? _latest;
    private volatile string? _fault;

    /// <summary>The last answer; null before the first. Any thread.</summary>
    public StatusAnswer? Latest => _latest;

    /// <summary>The first time the daemon did not answer as it should; null when it always did.</summary>
    public string? Fault => _fault;

    /// <summary>Runs until cancelled. Does not throw.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using AdminClient client = new(admin, AnswerWithin);
        try
        {
            while (true)
            {
                await AskAsync(client, stop).ConfigureAwait(false);
                await Task.Delay(every, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    private async Task AskAsync(AdminClient client, CancellationToken stop)
    {
        try
        {
            AdminAnswer answer = await client.GetAsync(AdminPaths.Status, stop).ConfigureAwait(false);
            if (answer.IsSuccess && answer.Read(AdminJson.Default.StatusAnswer) is { } status)
            {
                _latest = status;
            }
            else
            {
                _fault ??= $"the status was answered with HTTP {answer.Status}";
            }
        }
        catch (CommandFailure failure)
        {
            _fault ??= failure.Message;
        }
    }
}
