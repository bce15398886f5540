using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Processes;
using Portok.Cli.Rendering;
using Portok.Cli.Units;

namespace Portok.Cli.Commands;

/// <summary><c>portok stop</c>: lets work in flight finish, then stops daemon and socket.</summary>
internal static class StopCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        ManagementVerb command = new("stop", "Stop an instance; work in flight may finish within DRAIN_MS", options) { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            Instance instance = run.Machine.Store.Load(parsed.GetValue(name)!);
            InstanceUnits units = new(run.Machine, instance.Name);
            await units.RequireInstalledAsync(cancellation).ConfigureAwait(false);
            ProgramResult result = await Waiting.ShowAsync(units.StopAsync(cancellation), $"{instance.Name} finishes its work and stops", run).ConfigureAwait(false);
            UnitDocument down = await UnitVerbs.FinishAsync(run, instance.Name, command.Name, result, cancellation).ConfigureAwait(false);
            return UnitVerbs.Report(run, down, down.Enabled ? $"is stopped; it starts again with the machine (portok disable {down.Instance} ends that)" : "is stopped");
        });
        return command;
    }
}
