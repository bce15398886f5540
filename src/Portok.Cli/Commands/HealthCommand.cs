using System.CommandLine;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Rendering;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary><c>portok health</c>: has the daemon probe the active port now.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string?> instance = InstanceArgument.Create();
        Command command = new("health", "Probe the active port now; exit code 1 when it is not healthy") { instance };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            using AdminClient client = run.Connect(parsed.GetValue(instance), Patience);
            AdminAnswer answer = await Waiting.ShowAsync(client.GetAsync(AdminPaths.Health, cancellation), "The active port is being probed", run).ConfigureAwait(false);
            HealthAnswer? health = answer.Status is 200 or 503 ? answer.Read(AdminJson.Default.HealthAnswer) : null;
            if (health is null)
            {
                throw answer.IsSuccess ? Refusal.NotUnderstood() : Refusal.From(answer);
            }

            if (run.Json)
            {
                run.WriteJson(answer.Json);
            }
            else
            {
                Write(run.Screen, health);
            }

            return health.Healthy ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static void Write(Screen screen, HealthAnswer health)
    {
        string probe = Markup.Escape(ProbeView.Describe(health.Probe));
        screen.Line(health.Healthy ? $"[green]✓[/] Port {health.Port} is healthy: {probe}" : $"[red]✗[/] Port {health.Port} is not healthy: {probe}");
        if (!health.Healthy && ProbeView.Body(health.Probe) is { } body)
        {
            screen.Line($"  Body: {Markup.Escape(body)}");
        }
    }
}
