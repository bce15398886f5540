using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Processes;
using Portok.Cli.Units;

namespace Portok.Cli.Commands;

/// <summary><c>portok enable</c>: an instance starts with the machine.</summary>
internal static class EnableCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        Option<bool> now = new("--now") { Arity = ArgumentArity.Zero, Description = "Start it too" };
        ManagementVerb command = new("enable", "Have an instance start with the machine", options) { name, now };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            string typed = parsed.GetValue(name)!;
            InstanceUnits units = new(run.Machine, typed);
            if (run.Machine.Store.Load(typed).Settings is { } settings)
            {
                await units.UpdateSocketAsync(settings, cancellation).ConfigureAwait(false);
            }

            ProgramResult result = await units.EnableAsync(enable: true, cancellation).ConfigureAwait(false);
            UnitDocument enabled = await UnitVerbs.FinishAsync(run, typed, command.Name, result, cancellation).ConfigureAwait(false);
            if (!parsed.GetValue(now))
            {
                return UnitVerbs.Report(run, enabled, "starts with the machine");
            }

            UnitDocument up = await UnitVerbs.BringUpAsync(run, typed, command.Name, restart: false, cancellation).ConfigureAwait(false);
            return UnitVerbs.Report(run, up, "starts with the machine, and " + UnitVerbs.Running(up));
        });
        return command;
    }
}
