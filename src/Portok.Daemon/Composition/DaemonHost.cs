using Microsoft.Extensions.Logging;
using Portok.Daemon.CommandLine;
using Portok.Daemon.Logging;
using Portok.Daemon.Signals;
using Portok.Daemon.Systemd;
using Portok.Linux.Systemd;
using Portok.Settings;

namespace Portok.Daemon.Composition;

/// <summary>One run of the daemon, from valid settings to the exit code.</summary>
/// <param name="began">The clock's timestamp when the program began.</param>
internal sealed class DaemonHost(SettingsSource source, SettingsReading reading, ProcessEnvironment environment, TimeProvider time, long began)
{
    // The service manager gets to know how long a stop may take, with a margin over the promise.
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForTheRest = TimeSpan.FromMilliseconds(300);

    /// <summary>Starts, follows signals, stops.</summary>
    /// <param name="startError">Told why it could not be started.</param>
    public async Task<int> RunAsync(TextWriter startError)
    {
        DaemonSettings settings = reading.Settings!;
        using DaemonSignals signals = new();
        using NotifySocket manager = NotifySocket.Open(environment.Find("NOTIFY_SOCKET"));
        IReadOnlyList<HandedSocket> handed = HandedSockets.Find(environment.Find, Environment.ProcessId);
        TimeSpan? watchdog = WatchdogInterval.Find(environment.Find, Environment.ProcessId);
        // Whatever a child of ours is told by these would be wrong.
        ProcessEnvironment.Remove([.. HandedSockets.Variables, .. WatchdogInterval.Variables, "NOTIFY_SOCKET"]);

        await using Stream output = Console.OpenStandardOutput();
        ILogFormatter form = LogOutput.OfStandardOutput(environment.Variables).Formatter(settings.LogFormat, settings.InstanceName, time.LocalTimeZone);
        using DaemonLoggerFactory loggers = new(output, form, time, settings.LogLevel, settings.VerboseErrors);
        ILogger log = loggers.CreateLogger("Portok.Daemon");
        TaskScheduler.UnobservedTaskException += (_, fault) => DaemonLog.UnobservedFault(log, fault.Exception);
        foreach (string warning in reading.Warnings)
        {
            DaemonLog.SettingDoubtful(log, warning);
        }

        try
        {
            using RuntimeFolder folder = RuntimeFolder.Create(environment.Find("RUNTIME_DIRECTORY"));
            RunningDaemon daemon = await RunningDaemon.StartAsync(
                settings, handed, folder.Path, time, loggers, warning => DaemonLog.SettingDoubtful(log, warning));
            await using ServiceReporter reporter = new(manager, watchdog, daemon.Describe, daemon.IsAlive, time);
            long milliseconds = (long)time.GetElapsedTime(began).TotalMilliseconds;
            DaemonLog.Ready(log, DaemonVersion.Text, milliseconds, daemon.Where, daemon.ActivePort, settings.Reactors);
            reporter.Ready();
            // After the start, not in it: nobody waits for it.
            _ = Task.Run(RuntimeFolder.SweepAbandoned);

            SettingsFollower follower = new(source, settings, Apply, log);
            while (await signals.NextAsync() == SignalRequest.Reload)
            {
                reporter.Reload(follower.Reload);
            }

            (int code, TimeSpan forTheRest) = await StopAsync(daemon, reporter, signals, follower.Running.Drain, log);
            await DisposeWithinAsync(daemon, forTheRest);
            return code;

            void Apply(DaemonSettings changed)
            {
                daemon.Apply(changed);
                loggers.Apply(changed.LogLevel, changed.VerboseErrors);
            }
        }
        catch (StartException problem)
        {
            await startError.WriteLineAsync($"portokd: cannot start: {LogSafe.Escape(problem.Message)}");
            return ExitCode.Failed;
        }
    }

    private async Task<(int Code, TimeSpan ForTheRest)> StopAsync(
        RunningDaemon daemon, ServiceReporter reporter, DaemonSignals signals, TimeSpan drain, ILogger log)
    {
        long stopBegan = time.GetTimestamp();
        (long requests, long tunnels) = daemon.InFlight();
        DaemonLog.Stopping(log, requests, tunnels, drain.TotalMilliseconds);
        reporter.Stopping(drain + StopMargin);
        using CancellationTokenSource cutNow = new();
        Task<bool> stopped = daemon.StopAsync(drain, cutNow.Token);
        if (await Task.WhenAny(stopped, signals.NextStopAsync()) != stopped)
        {
            DaemonLog.CutBySecondSignal(log);
            await cutNow.CancelAsync();
            return (ExitCode.Failed, ForTheRest);
        }

        try
        {
            if (!await stopped)
            {
                DaemonLog.StoppedLate(log);
                return (ExitCode.Clean, TimeSpan.Zero);
            }
        }
        catch (Exception problem)
        {
            DaemonLog.StopFailed(log, problem);
            return (ExitCode.Failed, ForTheRest);
        }

        (long cutRequests, long cutTunnels) = daemon.Cut();
        DaemonLog.Stopped(log, (long)time.GetElapsedTime(stopBegan).TotalMilliseconds, cutRequests, cutTunnels);
        return (ExitCode.Clean, ForTheRest);
    }

    // On a thread of its own: if a part hangs even while it is freed, the process ends all the same.
    private async Task DisposeWithinAsync(RunningDaemon daemon, TimeSpan atMost)
    {
        Task disposed = Task.Run(() => daemon.DisposeAsync().AsTask());
        await Task.WhenAny(disposed, Task.Delay(atMost, time));
    }
}
