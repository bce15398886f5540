using Portok.Cli.CommandLine;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>systemd runs the instance, and starts it with the machine.</summary>
internal sealed class ServiceCheck(InstanceFacts instance) : ICheck
{
    public string Name => "service";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        UnitState state;
        try
        {
            state = await instance.Machine.UnitAsync(UnitNames.Service(instance.Name)).ConfigureAwait(false);
        }
        catch (CommandFailure)
        {
            // The machine's section has said that systemd cannot be asked.
            return null;
        }

        string start = instance.Machine.AsAdministrator($"portok start {instance.Name}");
        string enable = instance.Machine.AsAdministrator($"portok enable {instance.Name}");
        return state switch
        {
            { IsInstalled: false } => Finding.Unknown($"systemd knows no {state.Id}"),
            { IsActive: true, IsEnabled: true } => Finding.Ok($"{state.Id} is {state.SubState}, and starts with the machine", Restarts(state)),
            { IsActive: true } => Finding.Warning($"{state.Id} is {state.SubState}, but does not start with the machine", enable, Restarts(state)),
            { ActiveState: "activating" } => Finding.Fault($"{state.Id} does not come up ({state.SubState})", $"portok logs {instance.Name}", Reason(state)),
            { ActiveState: "failed" } => Finding.Fault($"{state.Id} has failed", $"portok logs {instance.Name}", Reason(state)),
            { IsEnabled: true } => Finding.Fault($"{state.Id} is stopped, although it starts with the machine", start),
            _ => Finding.Warning($"{state.Id} is stopped", start),
        };
    }

    private static string[] Restarts(UnitState state) => state["NRestarts"] is "" or "0" ? [] : [$"Restarted {state["NRestarts"]} times by systemd since it was started."];

    private static string[] Reason(UnitState state) => [$"Result: {state["Result"]}, exit code {state["ExecMainStatus"]}, restarted {state["NRestarts"]} times."];
}
