using System.Diagnostics;
using System.Globalization;
using Portok.Overload.Clients;
using Portok.Proof;
using Portok.Testing;

namespace Portok.Overload.Trials;

/// <summary>More clients than the daemon may have descriptors: the surplus is told, who is inside is served, and it passes.</summary>
internal static class DescriptorsGone
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    // Accepting is tried ten times a second and refusals time out: far from a core, which is what a spin takes.
    private const double CoreAllowed = 0.10;
    private const double CoreAllowedInShort = 0.60;

    internal static async Task<object> RunAsync(OverloadOptions options, Claims claims)
    {
        await using Stage stage = await Stage.StartAsync(options.DescriptorLimit);
        DaemonSample before = await stage.SampleAsync();
        using var loop = new SocketLoop();
        object found;
        using (var herd = new Herd(loop, stage.Daemon.Port, Stage.IsRight))
        {
            herd.Open(options.Flood, Stage.Question, together: options.Flood, Within);
            int served = herd.Served, refused = herd.Refused, failed = herd.Failed;
            claims.Add(
                $"Of {options.Flood:N0} clients that come at once to {options.DescriptorLimit:N0} descriptors the surplus is told 503 and FIN, nobody is reset",
                served > 0 && refused > 0 && failed == 0,
                $"{served} served, {refused} told 503 with Proxy-Status and Retry-After, {failed} failed {herd.Faults}");
            double quiet = await CoreAsync(stage, loop);

            // They neither read nor go: all that could be told so is taken, and the rest waits in the kernel's queue.
            using var stubborn = new StubbornClients(loop, stage.Daemon.Port, 300);
            double besieged = await CoreAsync(stage, loop);
            DaemonSample full = await stage.SampleAsync();
            claims.Add(
                "At the limit the daemon does not spin",
                Math.Max(quiet, besieged) < (options.Strict ? CoreAllowed : CoreAllowedInShort),
                string.Create(CultureInfo.InvariantCulture, $"{quiet:0.0%} of a core with all places taken, {besieged:0.0%} with 300 more who wait and do not go; {full.Descriptors} of {options.DescriptorLimit} descriptors open"));

            long start = Stopwatch.GetTimestamp();
            AdminAnswer switched = await stage.Daemon.Admin.SwitchAsync(stage.Second);
            double tookMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            bool all = herd.AskAll(Stage.Question, echo: false, Within);
            claims.Add(
                "A switch is done in the middle of it, and who is inside is served on",
                switched.Status == 200 && all && herd.Served == served,
                string.Create(CultureInfo.InvariantCulture, $"answered {switched.Status} after {tookMs:0} ms; {herd.Served} of {served} served again"));
            found = new { served, refused, failed, quiet, besieged, tookMs, full };
        }

        DaemonSample after = await stage.EmptyAsync();
        using var later = new Herd(loop, stage.Daemon.Port, Stage.IsRight);
        int some = options.DescriptorLimit / 4;
        later.Open(some, Stage.Question, together: some, Within);
        claims.Add(
            "When they have gone it recovers by itself",
            later.Served == some && Math.Abs(after.Descriptors - after.Upstreams - before.Descriptors + before.Upstreams) <= options.DescriptorsAllowed,
            $"{later.Served} of {some} new clients served; {before.Descriptors} descriptors before, {after.Descriptors} after, of them {after.Upstreams} to the app");
        return new { before, flood = found, after };
    }

    /// <summary>The part of a core that the daemon takes, while the clients do what they do.</summary>
    private static async Task<double> CoreAsync(Stage stage, SocketLoop loop)
    {
        loop.RunFor(TimeSpan.FromMilliseconds(300));
        double before = (await stage.SampleAsync()).CpuSeconds;
        long start = Stopwatch.GetTimestamp();
        loop.RunFor(Measured);
        double used = ProcessStat.Read(stage.Daemon.ProcessId)!.CpuSeconds - before;
        return used / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
