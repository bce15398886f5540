using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Processes;
using Portok.Cli.Rendering;
using Portok.Cli.Units;
using Portok.Settings;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary>What start, stop, restart, enable and disable have in common: one instance, its units, and what came of it.</summary>
internal static class UnitVerbs
{
    /// <summary>Starts or restarts, and waits until the daemon answers.</summary>
    /// <exception cref="CommandFailure">Its file is at fault (nothing was touched), or it did not come up; the message has the reason.</exception>
    public static async Task<UnitDocument> BringUpAsync(Invocation run, string name, string action, bool restart, CancellationToken cancellation)
    {
        Machine machine = run.Machine;
        Instance instance = machine.Store.Load(name);
        DaemonSettings settings = instance.Settings ?? throw Faulty(instance);
        InstanceUnits units = new(machine, name);
        Readiness readiness = new(machine, instance, run.Host.Time);
        StatusAnswer? status = await Waiting.ShowAsync(UpAsync(), $"{name} is starting", run).ConfigureAwait(false);
        UnitState state = await units.ServiceAsync(cancellation).ConfigureAwait(false);
        return new UnitDocument(name, action, state.ActiveState, state.IsEnabled, settings.ListenPort, status?.ActivePort);

        async Task<StatusAnswer?> UpAsync()
        {
            ProgramResult result = await (restart ? units.RestartAsync(settings, cancellation) : units.StartAsync(settings, cancellation)).ConfigureAwait(false);
            return result.Ok
                ? await readiness.WaitAsync(cancellation).ConfigureAwait(false)
                : throw await readiness.FailureAsync(FirstLine(result.Complaint), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The state after what systemctl was asked for.</summary>
    /// <exception cref="CommandFailure">It was not done.</exception>
    public static async Task<UnitDocument> FinishAsync(Invocation run, string name, string action, ProgramResult result, CancellationToken cancellation)
    {
        if (!result.Ok)
        {
            throw new CommandFailure(ExitCode.Refused, "systemctl failed", $"{action} {name}: {Printable.Of(result.Complaint)}");
        }

        Instance instance = run.Machine.Store.Load(name);
        UnitState state = await new InstanceUnits(run.Machine, name).ServiceAsync(cancellation).ConfigureAwait(false);
        return new UnitDocument(name, action, state.ActiveState, state.IsEnabled, instance.ListenPort, null);
    }

    /// <param name="words">Spectre markup: what has come of it.</param>
    public static int Report(Invocation run, UnitDocument document, string words)
    {
        if (run.Json)
        {
            run.WriteJson(document, CliJson.Readable.UnitDocument);
        }
        else
        {
            run.Screen.Line($"[green]✓[/] [bold]{Markup.Escape(document.Instance)}[/] {words}");
        }

        return ExitCode.Done;
    }

    public static string Running(UnitDocument up) =>
        $"is running: port [green]{up.ListenPort}[/]{(up.ActivePort is { } active ? $" → {active}" : "")}{(up.Enabled ? "" : $"  [grey](starts with the machine after: portok enable {up.Instance})[/]")}";

    private static CommandFailure Faulty(Instance instance) => new(
        ExitCode.Refused,
        "Faulty settings",
        string.Join('\n', [$"{instance.File} is at fault; nothing was started or stopped:", .. instance.Faults.Select(f => "  " + f), $"Mend it: portok edit {instance.Name}"]));

    private static string FirstLine(string text) => Printable.Of(text.Split('\n')[0]);
}

/// <summary>What start, stop, restart, enable and disable print with --json.</summary>
internal sealed record UnitDocument(string Instance, string Action, string ActiveState, bool Enabled, int? ListenPort, int? ActivePort);
