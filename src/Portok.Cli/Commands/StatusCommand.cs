using System.CommandLine;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Rendering;

namespace Portok.Cli.Commands;

/// <summary><c>portok status</c>: what is active, what drains, what the rollback watch says.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string?> instance = InstanceArgument.Create();
        Command command = new("status", "Show what is active, what drains and what the rollback watch says") { instance };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            using AdminClient client = run.Connect(parsed.GetValue(instance), Patience);
            AdminAnswer answer = await client.GetAsync(AdminPaths.Status, cancellation).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                throw Refusal.From(answer);
            }

            StatusAnswer status = answer.Read(AdminJson.Default.StatusAnswer) ?? throw Refusal.NotUnderstood();
            if (run.Json)
            {
                run.WriteJson(answer.Json);
            }
            else
            {
                StatusView.Write(run.Screen, status, host.Time);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
