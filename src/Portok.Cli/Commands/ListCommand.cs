using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;
using Portok.Cli.Units;

namespace Portok.Cli.Commands;

/// <summary><c>portok list</c>: every instance at a glance, whatever state it is in.</summary>
internal static class ListCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        ManagementVerb command = new("list", "Show all instances: ports, unit, health, last switch, rate", options);
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            ListDocument list = await Waiting.ShowAsync(ReadAsync(run.Machine, cancellation), "The daemons are being asked", run).ConfigureAwait(false);
            if (run.Json)
            {
                run.WriteJson(list, CliJson.Readable.ListDocument);
            }
            else
            {
                ListView.Write(run.Screen, list, run.Machine.Folders, host.Time);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ListDocument> ReadAsync(Machine machine, CancellationToken cancellation)
    {
        IReadOnlyList<Instance> instances = machine.Store.LoadAll();
        Task<IReadOnlyList<UnitState>> units = UnitsAsync(machine, instances, cancellation);
        LiveReport[] live = await Task.WhenAll(instances.Select(i => LiveReport.AskAsync(i, cancellation))).ConfigureAwait(false);
        IReadOnlyList<UnitState> states = await units.ConfigureAwait(false);
        return new ListDocument([.. instances.Select((instance, i) => Row(instance, live[i], i < states.Count ? states[i] : null))]);
    }

    /// <summary>None where systemd cannot be asked: the daemons can be, all the same.</summary>
    private static async Task<IReadOnlyList<UnitState>> UnitsAsync(Machine machine, IReadOnlyList<Instance> instances, CancellationToken cancellation)
    {
        try
        {
            return instances.Count == 0 ? [] : await machine.Systemctl.ShowAsync([.. instances.Select(i => UnitNames.Service(i.Name))], cancellation).ConfigureAwait(false);
        }
        catch (CommandFailure)
        {
            return [];
        }
    }

    private static ListRow Row(Instance instance, LiveReport live, UnitState? unit) => new()
    {
        Name = instance.Name,
        ListenPort = instance.ListenPort,
        TargetPort = instance.TargetPort,
        ActivePort = live.Status?.ActivePort,
        Unit = unit switch
        {
            null => null,
            { IsInstalled: false } => "not-found",
            _ => unit.ActiveState,
        },
        Enabled = unit?.IsEnabled,
        Healthy = live.Metrics?.Health.ActivePortOk,
        LastSwitch = live.Status?.LastSwitch,
        RequestsPerSecond = live.Metrics?.RollingRps60,
        Problem = live.Problem,
        Faults = instance.Faults,
    };
}
