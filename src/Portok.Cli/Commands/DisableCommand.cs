using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Processes;
using Portok.Cli.Rendering;
using Portok.Cli.Units;

namespace Portok.Cli.Commands;

/// <summary><c>portok disable</c>: an instance does not start with the machine any more.</summary>
internal static class DisableCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        Option<bool> now = new("--now") { Arity = ArgumentArity.Zero, Description = "Stop it too" };
        ManagementVerb command = new("disable", "Have an instance not start with the machine any more", options) { name, now };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            Instance instance = run.Machine.Store.Load(parsed.GetValue(name)!);
            InstanceUnits units = new(run.Machine, instance.Name);
            ProgramResult result = await units.EnableAsync(enable: false, cancellation).ConfigureAwait(false);
            if (result.Ok && parsed.GetValue(now))
            {
                result = await Waiting.ShowAsync(units.StopAsync(cancellation), $"{instance.Name} finishes its work and stops", run).ConfigureAwait(false);
            }

            UnitDocument disabled = await UnitVerbs.FinishAsync(run, instance.Name, command.Name, result, cancellation).ConfigureAwait(false);
            string running = disabled.ActiveState is "active" ? "; it goes on running until 'portok stop'" : "";
            return UnitVerbs.Report(run, disabled, "does not start with the machine any more" + running);
        });
        return command;
    }
}
