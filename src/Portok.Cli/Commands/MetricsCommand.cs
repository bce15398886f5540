using System.CommandLine;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Rendering;

namespace Portok.Cli.Commands;

/// <summary><c>portok metrics</c>: the counters.</summary>
internal static class MetricsCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string?> instance = InstanceArgument.Create();
        Command command = new("metrics", "Show requests, latency, health and connections") { instance };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            using AdminClient client = run.Connect(parsed.GetValue(instance), Patience);
            AdminAnswer answer = await client.GetAsync(AdminPaths.Metrics, cancellation).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                throw Refusal.From(answer);
            }

            MetricsAnswer metrics = answer.Read(AdminJson.Default.MetricsAnswer) ?? throw Refusal.NotUnderstood();
            if (run.Json)
            {
                run.WriteJson(answer.Json);
            }
            else
            {
                MetricsView.Write(run.Screen, metrics, host.Time);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
