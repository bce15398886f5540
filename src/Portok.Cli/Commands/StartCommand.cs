using System.CommandLine;
using Portok.Cli.CommandLine;

namespace Portok.Cli.Commands;

/// <summary><c>portok start</c>: starts an instance and waits until its daemon answers.</summary>
internal static class StartCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        ManagementVerb command = new("start", "Start an instance and wait until it answers", options) { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            UnitDocument up = await UnitVerbs.BringUpAsync(run, parsed.GetValue(name)!, command.Name, restart: false, cancellation).ConfigureAwait(false);
            return UnitVerbs.Report(run, up, UnitVerbs.Running(up));
        });
        return command;
    }
}
