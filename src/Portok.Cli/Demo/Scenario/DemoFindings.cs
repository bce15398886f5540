using Portok.Cli.Demo.Load;

namespace Portok.Cli.Demo.Scenario;

/// <summary>Collects what a scenario finds out, and judges it at the end.</summary>
internal sealed class DemoFindings
{
    private readonly List<string> _faults = [];

    public LatencySnapshot? Before { get; set; }

    public LatencySnapshot? During { get; set; }

    public TimeSpan? SwitchTook { get; set; }

    public TimeSpan? RollbackTook { get; set; }

    public int ClosedAfterSwitch { get; set; }

    public int ClosedAfterRollback { get; set; }

    public void Fault(string what) => _faults.Add(what);

    /// <param name="load">Stopped.</param>
    /// <param name="took">From its start to its end.</param>
    public DemoReport Report(DemoLoad load, TimeSpan took)
    {
        LoadStatistics statistics = load.Statistics;
        List<string> faults = [.. Counted(statistics), .. _faults];
        return new DemoReport
        {
            Passed = faults.Count == 0,
            Faults = faults,
            Seconds = Math.Round(took.TotalSeconds, 3),
            Requests = statistics.Total,
            AnsweredByV1 = statistics.AnsweredByV1,
            AnsweredByV2 = statistics.AnsweredByV2,
            Lost = statistics.Lost,
            WrongVersion = statistics.WrongVersion,
            SwitchMs = Rounded(SwitchTook?.TotalMilliseconds),
            P50BeforeMs = Rounded(Before?.Percentile(0.50)),
            P99BeforeMs = Rounded(Before?.Percentile(0.99)),
            P50DuringMs = Rounded(During?.Percentile(0.50)),
            P99DuringMs = Rounded(During?.Percentile(0.99)),
            WebSockets = load.WebSockets.Count,
            ClosedAfterSwitch = ClosedAfterSwitch,
            ClosedAfterRollback = ClosedAfterRollback,
            RollbackMs = Rounded(RollbackTook?.TotalMilliseconds),
        };
    }

    private static IEnumerable<string> Counted(LoadStatistics statistics)
    {
        if (statistics.Lost > 0)
        {
            yield return $"{Rendering.Wording.Count(statistics.Lost, "request")} lost";
        }

        if (statistics.WrongVersion > 0)
        {
            yield return $"{Rendering.Wording.Count(statistics.WrongVersion, "answer")} of the wrong version";
        }

        if (statistics.WrongEchoes > 0)
        {
            yield return $"{Rendering.Wording.Count(statistics.WrongEchoes, "WebSocket message")} came back wrong";
        }

        // Nothing lost of nothing sent would prove nothing.
        if (statistics.AnsweredByV1 == 0)
        {
            yield return "v1 answered no request at all";
        }

        if (statistics.AnsweredByV2 == 0)
        {
            yield return "v2 answered no request at all";
        }

        foreach (string fault in statistics.Faults)
        {
            yield return $"seen: {fault}";
        }
    }

    private static double? Rounded(double? ms) => ms is { } value ? Math.Round(value, 3) : null;
}
