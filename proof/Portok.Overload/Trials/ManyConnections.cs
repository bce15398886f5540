using System.Globalization;
using Portok.Overload.Clients;
using Portok.Proof;

namespace Portok.Overload.Trials;

/// <summary>Thousands of connections at once, then as many tunnels: all served, little memory, fair shares between reactors.</summary>
internal static class ManyConnections
{
    // Measured: about 1.1 KiB. The kernel's part of a connection is not in it.
    private const double KiBPerIdleConnection = 4;
    private const double KiBPerTunnel = 16;

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    internal static async Task<object> RunAsync(OverloadOptions options, Claims claims)
    {
        await using Stage stage = await Stage.StartAsync(null);
        await WarmUpAsync(stage);
        DaemonSample before = await stage.SampleAsync();
        DaemonSample idle;
        long[] burst;
        using (var loop = new SocketLoop())
        using (var herd = new Herd(loop, stage.Daemon.Port, Stage.IsRight))
        {
            herd.Open(options.Connections, Stage.Question, together: 2000, Within);
            idle = await stage.SampleAsync();
            burst = await SharesAsync(stage);
            bool again = herd.AskAll(Stage.Question, echo: false, Within);
            claims.Add(
                $"{options.Connections:N0} connections at once are all served, twice",
                herd.Served == options.Connections && idle.Clients == options.Connections && again,
                string.Create(CultureInfo.InvariantCulture, $"{herd.Served:#,0} served, {herd.Refused} refused, {herd.Failed} failed {herd.Faults}"));
        }

        double each = (idle.RssMiB - before.RssMiB) * 1024 / options.Connections;
        claims.Add(
            $"An idle connection takes less than {KiBPerIdleConnection} KiB of the daemon's memory",
            each < KiBPerIdleConnection || !options.Strict,
            string.Create(CultureInfo.InvariantCulture, $"{each:0.00} KiB: RSS {before.RssMiB:0.0} → {idle.RssMiB:0.0} MiB with {idle.Clients:#,0} clients and {idle.Descriptors:#,0} descriptors"));
        JudgeShares(claims, "opened in a burst", burst);
        DaemonSample empty = await stage.EmptyAsync();
        long[] single = await OneByOneAsync(stage, Math.Min(2000, options.Connections), claims);
        await stage.EmptyAsync();
        object tunnels = await TunnelsAsync(stage, options, claims);
        DaemonSample after = await stage.EmptyAsync();
        claims.Add(
            "All descriptors are given back",
            Math.Abs(after.Descriptors - after.Upstreams - before.Descriptors + before.Upstreams) <= options.DescriptorsAllowed,
            $"{before.Descriptors} before ({before.Upstreams} to the app), {after.Descriptors} after ({after.Upstreams})");
        return new { before, idle, kibPerIdleConnection = each, empty, burst, single, tunnels, after };
    }

    /// <summary>What is made once, whoever comes, is not a connection's memory.</summary>
    private static async Task WarmUpAsync(Stage stage)
    {
        using var loop = new SocketLoop();
        using (var herd = new Herd(loop, stage.Daemon.Port, Stage.IsRight)) herd.Open(200, Stage.Question, together: 50, Within);
        await stage.EmptyAsync();
    }

    private static async Task<long[]> OneByOneAsync(Stage stage, int count, Claims claims)
    {
        using var loop = new SocketLoop();
        using var herd = new Herd(loop, stage.Daemon.Port, Stage.IsRight);
        herd.Open(count, Stage.Question, together: 1, Within);
        long[] shares = await SharesAsync(stage);
        JudgeShares(claims, "opened one by one", shares);
        return shares;
    }

    private static async Task<object> TunnelsAsync(Stage stage, OverloadOptions options, Claims claims)
    {
        DaemonSample before = await stage.SampleAsync();
        using var loop = new SocketLoop();
        using var herd = new Herd(loop, stage.Daemon.Port, (answer, _) => answer.Status == 101);
        herd.Open(options.Connections, "GET /tunnel HTTP/1.1\r\nHost: load.test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n", together: 500, Within);
        (int open, int refused, int failed, string faults) = (herd.Served, herd.Refused, herd.Failed, herd.Faults);
        // A client may read its 101 a moment before the tunnel is counted.
        DaemonSample idle = await Testing.Poll.ForAsync(stage.SampleAsync, sample => sample.Tunnels >= open, Testing.Patience.Normal, $"{open} tunnels to be counted");
        bool echoed = herd.AskAll("there and back", echo: true, Within) && herd.Served == open;
        double each = (idle.RssMiB - before.RssMiB) * 1024 / Math.Max(1, open);
        claims.Add(
            $"Of {options.Connections:N0} tunnels as many as the descriptor limit has room for are opened and echo, the others are told 503",
            open > 0 && failed == 0 && echoed && idle.Tunnels == open,
            string.Create(CultureInfo.InvariantCulture, $"{open:#,0} tunnels, {refused:#,0} told 503, {failed} failed {faults}; {idle.Descriptors:#,0} descriptors"));
        claims.Add(
            $"A tunnel takes less than {KiBPerTunnel} KiB of the daemon's memory",
            each < KiBPerTunnel || !options.Strict,
            string.Create(CultureInfo.InvariantCulture, $"{each:0.00} KiB: RSS {before.RssMiB:0.0} → {idle.RssMiB:0.0} MiB"));
        return new { open, refused, failed, idle, kibPerTunnel = each };
    }

    private static async Task<long[]> SharesAsync(Stage stage)
        => [.. (await stage.Daemon.Admin.MetricsAsync())["reactors"].EnumerateArray().Select(reactor => reactor.GetProperty("clientsOpen").GetInt64())];

    /// <summary>
    /// A reactor hands a new connection to another once it has an eighth more. In the same moment each may take eight from the
    /// kernel's queue on old knowledge of the others: that much more is allowed.
    /// </summary>
    private static void JudgeShares(Claims claims, string how, long[] open)
    {
        const int acceptsPerTurn = 8;
        double allowed = Math.Max(4, open.Max() / 8.0) + (acceptsPerTurn * open.Length);
        claims.Add(
            $"Connections {how} are shared out between the reactors",
            open.Length > 0 && open.Max() - open.Min() <= allowed,
            string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", open.Select(count => $"{count:#,0} ({(double)count / Math.Max(1, open.Sum()):0.0%})"))}; a difference of {allowed:0} is allowed"));
    }
}
