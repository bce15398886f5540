using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary><c>portok token rotate</c>: a new admin token, without a restart.</summary>
internal static class TokenCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        ManagementVerb rotate = new("rotate", "Give an instance a new token and have its daemon take it while it runs", options) { name };
        rotate.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            Instance instance = run.Machine.Store.Load(parsed.GetValue(name)!);
            if (instance.Settings is null)
            {
                throw new CommandFailure(ExitCode.Refused, "Faulty settings", string.Join('\n', [$"{instance.File} is at fault; nothing was changed:", .. instance.Faults.Select(f => "  " + f), $"Mend it: portok edit {instance.Name}"]));
            }

            Task<bool> rotating = new TokenRotation(run.Machine, instance, host.Time).RunAsync(cancellation);
            bool taken = await Waiting.ShowAsync(rotating, $"{instance.Name} takes its new token", run).ConfigureAwait(false);
            if (run.Json)
            {
                run.WriteJson(new TokenDocument(instance.Name, instance.File, taken), CliJson.Readable.TokenDocument);
                return ExitCode.Done;
            }

            run.Screen.Line(taken
                ? $"[green]✓[/] [bold]{Markup.Escape(instance.Name)}[/] has a new token: the daemon takes it, and refuses the old one"
                : $"[green]✓[/] [bold]{Markup.Escape(instance.Name)}[/] has a new token; its daemon does not run, and takes it when it starts");
            run.Screen.Line($"  It is ADMIN_TOKEN in {Markup.Escape(instance.File)}");
            return ExitCode.Done;
        });
        return new ManagementVerb("token", "Change an instance's admin token", options) { rotate };
    }
}

/// <summary>What <c>token rotate --json</c> prints. The token is in the file only.</summary>
/// <param name="Live">A running daemon took it; false: none runs.</param>
internal sealed record TokenDocument(string Instance, string File, bool Live);
