using Portok.Compare.Curve;
using Portok.Compare.Load;
using Portok.Compare.Measuring;
using Portok.Compare.Npm;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Targets;

namespace Portok.Compare.Scenarios;

/// <summary>Everything that can be measured, with what Portok holds itself to; a new row is a line here.</summary>
internal static class ScenarioCatalogue
{
    /// <summary>What is measured when nothing is named.</summary>
    public static IReadOnlyList<string> UsualGroups { get; } = ["requests", "bodies", "connections", "streams", "daemon"];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Requests("12b-64", "keep-alive, 12 B, 64 connections", "requests", new WrkLoad("/", 64),
            Target.OverNginx(Figures.Cpu, 0.85, 0.70), Target.OverNginx(Figures.Rate, null, 1.2, atLeast: true)),
        Requests("12b-500", "keep-alive, 12 B, 500 connections", "requests", new WrkLoad("/", 500),
            Target.OverNginx(Figures.Cpu, 0.80, 0.60), Target.OverNginx(Figures.P99, null, 0.8)),
        Requests("12b-1", "keep-alive, 12 B, 1 connection", "requests", new WrkLoad("/", 1),
            Target.OverNginx(Figures.Cpu, 0.85, 0.70), Target.OverNginx(Figures.P50, null, 0.85)),
        Requests("1k-64", "keep-alive, 1 KiB, 64 connections", "requests", new WrkLoad("/1k", 64), Target.OverNginx(Figures.Cpu, 0.85, 0.70)),
        new PacedScenario("paced-64", "12 B at 5,000 requests/s, 64 connections", 64, 5000) { Group = "requests" },
        Requests("64k-64", "64 KiB body, 64 connections", "bodies", new WrkLoad("/64k", 64), Target.OverNginx(Figures.Cpu, 0.95, 0.75)),
        Requests("1m-64", "1 MiB body, 64 connections", "bodies", new WrkLoad("/1m", 64), Target.OverNginx(Figures.Cpu, 1.0, 0.70)),
        new RequestScenario("upload-64", "64 KiB upload, 64 connections", new WrkLoad("/", 64, "upload.lua"))
        {
            Group = "bodies",
            Origin = OriginKind.Streams,
            Targets = [Target.OverNginx(Figures.Cpu, 0.85, 0.65)],
        },
        Requests("churn-64", "client connection per request (churn)", "connections", new WrkLoad("/", 64, "close.lua"),
            Target.OverNginx(Figures.Cpu, 0.90, 0.75)),
        new IdleScenario("idle-5000", "64 busy connections beside 5,000 idle", new WrkLoad("/", 64), 5000)
        {
            Group = "connections",
            Targets = [Target.OverNginx(Figures.Cpu, 0.85, 0.70), Target.Own(Figures.KiBEach, 1, 0.2)],
        },
        new TunnelScenario("websocket-64", "WebSocket echo, small messages, 64 tunnels", 64)
        {
            Group = "streams",
            Unit = "message",
            Origin = OriginKind.Streams,
            Targets = [Target.OverNginx(Figures.Cpu, 1.0, 0.85)],
        },
        new EventScenario("events-64", "server-sent events, 64 streams", 64)
        {
            Group = "streams",
            Unit = "event",
            Origin = OriginKind.Streams,
            Targets = [Target.OverNginx(Figures.Cpu, 1.0, 0.90), Target.OverNginx(Figures.FirstByte, null, 0.9)],
        },
        new ProcessScenario("process", "process, nothing to do")
        {
            Group = "daemon",
            Targets = [Target.Own(Figures.Resident, 40, 25), Target.Own(Figures.StartMs, null, 50), Target.Own(Figures.IdleCpu, null, 0.05)],
        },
        new RequestScenario("fast-path", "FAST_PATH=1 against the default, 12 B, 64 connections", new WrkLoad("/", 64))
        {
            Group = "daemon",
            For = peer => peer.Name is PortokPeer.Default or PortokPeer.FastPath,
            ExtraPeers = [PortokPeer.FastPath],
            // The default is already as fast: within the noise.
            Targets = [new Target(Figures.Cpu, PortokPeer.FastPath, null, 1.10)],
        },
        new SwitchScenario("switch", "switch under load", 10, 10_000)
        {
            Group = "daemon",
            Targets = [Target.Own(Figures.Lost, 0, 0), Target.Own(Figures.SwitchMs, null, 5), Target.Own(Figures.P99Times, null, 1.5)],
        },
        .. CurveCatalogue.All,
        .. NpmCatalogue.All,
    ];

    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(scenario => scenario.Group).Distinct(StringComparer.Ordinal)];

    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));

    /// <summary>Those of a name, or of a family: "curve" is all of "curve-…".</summary>
    public static IReadOnlyList<Scenario> Named(string name) =>
        Find(name) is { } one ? [one] : [.. All.Where(scenario => scenario.Name.StartsWith(name + "-", StringComparison.Ordinal))];

    private static RequestScenario Requests(string name, string title, string group, WrkLoad load, params IReadOnlyList<Target> targets) =>
        new(name, title, load) { Group = group, Targets = targets };
}
