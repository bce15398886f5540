using System.Diagnostics;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Demo.Load;
using Portok.Cli.Rendering;

namespace Portok.Cli.Demo.Scenario;

/// <summary>
/// The play: steady load on v1 → switch to v2 → the drain ends, WebSockets get 1001 → v2 turns unhealthy → rollback to v1.
/// Everything is done through the daemon's public port and watched from outside, as a client would see it.
/// </summary>
internal sealed class DemoScenario(DemoAddresses addresses, DemoTimings timings, DemoLoad load, IDemoAudience audience)
{
    private const int GoingAway = 1001;
    private static readonly TimeSpan AskSwitchWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>An end this much before the drain's is within what timers and clocks may be off by.</summary>
    private static readonly TimeSpan EarlyAllowed = TimeSpan.FromMilliseconds(250);

    private readonly StatusWatch _status = new(addresses.Admin, timings.AskEvery);
    private readonly DemoFindings _findings = new();
    private int _endsSeen;

    public StatusAnswer? Status => _status.Latest;

    /// <summary>Plays it to its end, or to the first thing without which the rest has no meaning.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the load has been stopped.</exception>
    public async Task<DemoReport> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task watching = _status.RunAsync(over.Token);
        long started = Stopwatch.GetTimestamp();
        load.Start();
        try
        {
            await MeasureV1Async(cancellation).ConfigureAwait(false);
            await SwitchAsync(cancellation).ConfigureAwait(false);
            await RollBackAsync(cancellation).ConfigureAwait(false);
            ExpectNoEnds();
        }
        catch (CommandFailure broken)
        {
            _findings.Fault(broken.Message);
        }
        finally
        {
            await load.StopAsync().ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }

        if (_status.Fault is { } fault)
        {
            _findings.Fault(fault);
        }

        return _findings.Report(load, Stopwatch.GetElapsedTime(started));
    }

    private async Task MeasureV1Async(CancellationToken cancellation)
    {
        audience.Say($"Steady load goes through portokd at {addresses.Url.Authority} to v1 on port {addresses.V1Port}");
        await Task.Delay(timings.WarmUp, cancellation).ConfigureAwait(false);
        await UntilAsync(() => load.WebSockets.OpenOn(Versions.V1) == load.WebSockets.Count, timings.Grace, "the WebSockets did not open", cancellation).ConfigureAwait(false);
        LatencySnapshot start = load.Statistics.Latency.Snapshot();
        await Task.Delay(timings.Before, cancellation).ConfigureAwait(false);
        _findings.Before = load.Statistics.Latency.Snapshot().Since(start);
    }

    private async Task SwitchAsync(CancellationToken cancellation)
    {
        audience.Say($"portok switch {addresses.V2Port}");
        using AdminClient client = new(addresses.Admin, AskSwitchWithin);
        LatencySnapshot start = load.Statistics.Latency.Snapshot();
        ExpectNoEnds();
        load.Rule.Change(Versions.Either);
        long asked = Stopwatch.GetTimestamp();
        AdminAnswer answer = await client.PostAsync($"{AdminPaths.Switch}?{AdminQuery.Port}={addresses.V2Port}&{AdminQuery.Expect}={addresses.V1Port}", cancellation).ConfigureAwait(false);
        TimeSpan took = Stopwatch.GetElapsedTime(asked);
        if (!answer.IsSuccess)
        {
            throw new CommandFailure(ExitCode.Refused, "Switch refused", $"the switch was refused: {Refusal.From(answer).Message}");
        }

        // The promise: whatever is sent from here on is answered by v2.
        load.Rule.Change(Versions.V2);
        _findings.SwitchTook = took;
        audience.Say($"Switched in {Wording.Milliseconds(took.TotalMilliseconds)}, probe included; v1's WebSockets may stay {Wording.Span(timings.Drain)}");
        await Task.Delay(timings.During, cancellation).ConfigureAwait(false);
        _findings.During = load.Statistics.Latency.Snapshot().Since(start);
        _findings.ClosedAfterSwitch = await DrainAsync(asked, Versions.V1, Versions.V2, cancellation).ConfigureAwait(false);
        await Task.Delay(timings.After, cancellation).ConfigureAwait(false);
    }

    private async Task RollBackAsync(CancellationToken cancellation)
    {
        ExpectNoEnds();
        load.Rule.Change(Versions.Either);
        audience.Say("v2 turns unhealthy: its /health answers 500 from now on");
        long spoiled = Stopwatch.GetTimestamp();
        await AppControl.SetHealthAsync(addresses.V2Port, healthy: false, cancellation).ConfigureAwait(false);
        TimeSpan patience = (timings.RollbackCheckEvery * (timings.RollbackFailThreshold + 1)) + timings.Grace;
        await UntilAsync(() => _status.Latest is { } s && s.ActivePort == addresses.V1Port, patience, "v2 is unhealthy, and no rollback came", cancellation).ConfigureAwait(false);
        TimeSpan took = Stopwatch.GetElapsedTime(spoiled);
        load.Rule.Change(Versions.V1);
        if (_status.Latest?.LastSwitch is { } last && !(string.Equals(last.Reason, "rollback", StringComparison.Ordinal) && last.From == addresses.V2Port))
        {
            _findings.Fault($"the way back to v1 was recorded as '{last.Reason}' from port {last.From}, not as a rollback");
        }

        _findings.RollbackTook = took;
        audience.Say($"Rolled back to v1, {Wording.Milliseconds(took.TotalMilliseconds)} after v2 turned unhealthy");
        _findings.ClosedAfterRollback = await DrainAsync(spoiled, Versions.V2, Versions.V1, cancellation).ConfigureAwait(false);
        await Task.Delay(timings.After, cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until every WebSocket on the old version has ended and is back on the new one.</summary>
    /// <returns>How many ended with 1001.</returns>
    private async Task<int> DrainAsync(long movedAfter, Versions old, Versions now, CancellationToken cancellation)
    {
        TimeSpan patience = timings.Drain + timings.Grace;
        await UntilAsync(() => load.WebSockets.OpenOn(now) == load.WebSockets.Count, patience, $"not all WebSockets came over from {Name(old)} to {Name(now)}", cancellation).ConfigureAwait(false);
        List<WebSocketEnd> ends = [.. load.WebSockets.Ends.Skip(_endsSeen)];
        _endsSeen += ends.Count;
        int goneAway = ends.Count(e => e.Version == old && e.Code == GoingAway);
        foreach (WebSocketEnd end in ends.Where(e => e.Version != old || e.Code != GoingAway))
        {
            _findings.Fault($"a WebSocket on {Name(end.Version)} ended with {(end.Code is { } code ? $"close code {code}" : "no close frame")}");
        }

        if (ends.Exists(e => Stopwatch.GetElapsedTime(movedAfter, e.At) < timings.Drain - EarlyAllowed))
        {
            _findings.Fault($"a WebSocket on {Name(old)} was closed before DRAIN_MS was over");
        }

        audience.Say($"Drain over: {goneAway} of {load.WebSockets.Count} WebSockets got 1001 (Going Away) and are on {Name(now)}");
        return goneAway;
    }

    /// <summary>A WebSocket that ended while nothing moved is a fault.</summary>
    private void ExpectNoEnds()
    {
        int ended = load.WebSockets.Ends.Count - _endsSeen;
        _endsSeen += ended;
        if (ended > 0)
        {
            _findings.Fault($"{Wording.Count(ended, "WebSocket")} ended although nothing had moved");
        }
    }

    private static async Task UntilAsync(Func<bool> so, TimeSpan patience, string otherwise, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        while (!so())
        {
            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                throw new CommandFailure(ExitCode.Refused, "Demo failed", $"{otherwise} within {patience.TotalSeconds:0.#} s");
            }

            await Task.Delay(LookEvery, cancellation).ConfigureAwait(false);
        }
    }

    private static string Name(Versions version) => version == Versions.None ? "no version" : version.ToString().ToLowerInvariant();
}
