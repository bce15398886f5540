using Portok.Cli.CommandLine;
using Portok.Cli.Demo.Load;
using Portok.Cli.Demo.Scenario;
using Portok.Cli.Demo.Stage;
using Portok.Cli.Demo.Views;
using Portok.Cli.Rendering;
using Spectre.Console;

namespace Portok.Cli.Demo;

/// <summary>One demo, from finding the programs to ending them.</summary>
internal sealed class DemoRun(DemoOptions options, Invocation run)
{
    private const int LogLines = 20;

    private readonly IDemoView _view = run.Json ? new SilentView()
        : options.Plain || !run.Screen.IsLive ? new PlainView(run.Host.Out)
        : new LiveView(run.Screen);

    /// <returns>0 when nothing was lost and everything came as promised, else 1.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C; everything that was started has been ended.</exception>
    public async Task<int> RunAsync()
    {
        DemoPrograms programs = DemoPrograms.Find(run.Host);
        DemoStage stage = DemoStage.Create();
        await using (stage.ConfigureAwait(false))
        {
            return await PlayAsync(stage, programs, run.Host.Stop).ConfigureAwait(false);
        }
    }

    private async Task<int> PlayAsync(DemoStage stage, DemoPrograms programs, CancellationToken stop)
    {
        _view.Say("Starting v1, v2 and portokd");
        await stage.StartAsync(programs, options.Timings, stop).ConfigureAwait(false);
        DemoReport report = await PerformAsync(stage, stop).ConfigureAwait(false);
        Print(report, stage);
        if (options.Stay && await StayAsync(stage, stop).ConfigureAwait(false) is { } ended)
        {
            run.Host.Error.WriteLine($"portok: {ended}");
            return ExitCode.Refused;
        }

        return report.Passed ? ExitCode.Done : ExitCode.Refused;
    }

    private async Task<DemoReport> PerformAsync(DemoStage stage, CancellationToken stop)
    {
        DemoLoad load = new(new LoadPlan(stage.Addresses.Public, options.Connections, options.RequestsPerSecond), options.WebSockets);
        await using (load.ConfigureAwait(false))
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            DemoScenario scenario = new(stage.Addresses, options.Timings, load, _view);
            Task<DemoReport> playing = scenario.RunAsync(over.Token);
            Task<string> watching = stage.WatchAsync(over.Token);
            Task showing = _view.ShowAsync(new FrameReader(stage.Addresses, load, () => scenario.Status), playing);

            bool broken = await Task.WhenAny(playing, watching).ConfigureAwait(false) == watching && !stop.IsCancellationRequested;
            if (broken)
            {
                await over.CancelAsync().ConfigureAwait(false);
            }

            await showing.ConfigureAwait(false);
            if (broken)
            {
                string ended = await watching.ConfigureAwait(false);
                throw new CommandFailure(ExitCode.Refused, "Demo failed", string.Join('\n', [$"{ended}. The daemon's last words:", .. stage.DaemonLog(LogLines)]));
            }

            DemoReport report = await playing.ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            return report;
        }
    }

    private void Print(DemoReport report, DemoStage stage)
    {
        if (run.Json)
        {
            DemoReport document = report with
            {
                Url = options.Stay ? stage.Addresses.Url.GetLeftPart(UriPartial.Authority) : null,
                Token = options.Stay ? stage.Addresses.Token : null,
                DaemonLog = report.Passed ? null : stage.DaemonLog(LogLines),
            };
            run.WriteJson(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(document, CliJson.Readable.DemoReport));
            return;
        }

        SummaryView.Write(run.Screen, report);
        if (!report.Passed)
        {
            Screen error = Screen.Error(run.Host);
            error.Line();
            error.Line("The daemon's last words:");
            foreach (string line in stage.DaemonLog(LogLines))
            {
                error.Line("  " + Markup.Escape(Printable.Of(line)));
            }
        }
    }

    /// <returns>Null when Ctrl-C ended it, as is meant; else what did.</returns>
    private async Task<string?> StayAsync(DemoStage stage, CancellationToken stop)
    {
        try
        {
            await AppControl.SetHealthAsync(stage.Addresses.V2Port, healthy: true, stop).ConfigureAwait(false);
            if (!run.Json)
            {
                StayView.Write(run.Screen, stage.Addresses, run.Host);
            }

            return await stage.WatchAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (CommandFailure failure)
        {
            return failure.Message;
        }
    }
}
