using System.CommandLine;
using Portok.Cli.CommandLine;

namespace Portok.Cli.Commands;

/// <summary><c>portok restart</c>: restarts a daemon while its clients wait in the kernel.</summary>
internal static class RestartCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        ManagementVerb command = new("restart", "Restart an instance; clients wait meanwhile, no connection is refused", options) { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            UnitDocument up = await UnitVerbs.BringUpAsync(run, parsed.GetValue(name)!, command.Name, restart: true, cancellation).ConfigureAwait(false);
            return UnitVerbs.Report(run, up, UnitVerbs.Running(up));
        });
        return command;
    }
}
