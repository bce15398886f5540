using Portok.Admin.Contract;
using Portok.Deployment;
using Portok.Deployment.Probing;
using Portok.Deployment.Switching;

namespace Portok.Admin.Endpoints;

/// <summary>The contract's words for what the control plane says.</summary>
internal static class Reports
{
    public static SwitchReport Of(SwitchRecord record) =>
        new() { From = record.From, To = record.To, At = record.At, Reason = record.Reason, Id = record.Id };

    public static DrainReport Of(DrainStatus drain) =>
        new() { Port = drain.Port, Inflight = drain.Requests, Tunnels = drain.Tunnels, Until = drain.Until };

    public static ProbeReport Of(ProbeResult probe) =>
        new() { Status = probe.Status, ElapsedMs = Milliseconds(probe.ElapsedMs), Failure = Word(probe.Failure), BodyStart = probe.BodyStart };

    /// <summary>Whole microseconds: more digits are noise.</summary>
    public static double Milliseconds(double value) => Math.Round(value, 3);

    /// <summary>What 1.0 says of a failed probe.</summary>
    public static string NotHealthy(int port, string healthPath) => $"Port {port} did not respond with 2xx at {healthPath}";

    private static string? Word(ProbeFailure failure) => failure switch
    {
        ProbeFailure.None => null,
        ProbeFailure.Refused => ProbeFailures.Refused,
        ProbeFailure.Timeout => ProbeFailures.Timeout,
        ProbeFailure.Reset => ProbeFailures.Reset,
        ProbeFailure.Status => ProbeFailures.Status,
        _ => ProbeFailures.Invalid,
    };
}
