using System.Globalization;
using Portok.Proof;
using Portok.Soak.Traffic;

namespace Portok.Soak.Judging;

/// <summary>Whether the traffic went as it must.</summary>
internal static class TrafficJudge
{
    // A kind that never came up proves nothing.
    private static readonly string[] Kinds =
    [
        "get", "post", "chunked", "download", "download-chunked", "HEAD", "204", "302", "DELETE", "PATCH", "404", "pipelined", "close", "HTTP/1.0",
        "aborted upload", "aborted download", "WebSocket message", "WebSocket closed by the client", "WebSocket closed with 1001",
        "event", "event stream left by the client", "event stream cut by a drain",
    ];

    internal static void Judge(SoakRun run, Claims claims)
    {
        Tally tally = run.Tally;
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        long right = tally.Right.Values.Sum();
        claims.Add(
            "Every request is answered whole and right, by the app that was active; every message and event arrives",
            tally.Lost == 0 && right > 0,
            Text($"{right:#,0} right, {tally.Lost} lost, {tally.VerifiedBytes / 1048576.0:#,0} MiB compared, {tally.Of("aborted upload") + tally.Of("aborted download"):#,0} aborted by the client"));
        string[] missing = [.. Kinds.Where(kind => tally.Of(kind) == 0)];
        claims.Add("Every kind of traffic came up", missing.Length == 0, missing.Length == 0 ? $"{Kinds.Length} kinds" : $"not: {string.Join(", ", missing)}");
        double[] took = [.. run.SwitchesMs.Order()];
        claims.Add(
            "Every switch is done",
            took.Length > 1,
            took.Length == 0 ? "none" : Text($"{took.Length} switches, probe included {took[took.Length / 2]:0.0} ms in the middle, {took[^1]:0} ms at most"));
        claims.Add(
            "A WebSocket left on the old app is closed with 1001",
            tally.Of("WebSocket closed with 1001") > 0,
            Text($"{tally.Of("WebSocket closed with 1001"):#,0} closed with 1001, {tally.Of("WebSocket closed by the client"):#,0} by their clients, {tally.Of("WebSocket message"):#,0} messages"));
    }
}
