using System.Diagnostics;
using Portok.Admin.Contract;
using Portok.Cli.Demo.Load;
using Portok.Cli.Demo.Scenario;

namespace Portok.Cli.Demo.Views;

/// <summary>Turns the load's counters into frames; rates and latencies are those of the last two seconds. One thread.</summary>
internal sealed class FrameReader
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly DemoAddresses _addresses;
    private readonly DemoLoad _load;
    private readonly Func<StatusAnswer?> _status;
    private readonly Queue<Sample> _samples = new();
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <param name="status">The daemon's last answer; null before it was asked.</param>
    public FrameReader(DemoAddresses addresses, DemoLoad load, Func<StatusAnswer?> status)
    {
        _addresses = addresses;
        _load = load;
        _status = status;
        _samples.Enqueue(Take());
    }

    public DemoFrame Read()
    {
        Sample now = Take();
        _samples.Enqueue(now);
        while (_samples.Count > 2 && now.At - _samples.Peek().At > Window)
        {
            _samples.Dequeue();
        }

        Sample then = _samples.Peek();
        double seconds = Math.Max(0.001, (now.At - then.At).TotalSeconds);
        LatencySnapshot latency = now.Latency.Since(then.Latency);
        StatusAnswer? said = _status();
        return new DemoFrame
        {
            Elapsed = now.At,
            V1 = Version("v1", _addresses.V1Port, Versions.V1, now.V1, (now.V1 - then.V1) / seconds),
            V2 = Version("v2", _addresses.V2Port, Versions.V2, now.V2, (now.V2 - then.V2) / seconds),
            Lost = _load.Statistics.Lost,
            WrongVersion = _load.Statistics.WrongVersion,
            P50 = latency.Percentile(0.50),
            P99 = latency.Percentile(0.99),
            GoneAway = _load.WebSockets.Ends.Count(e => e.Code == 1001),
            Status = said,
        };

        VersionFrame Version(string name, int port, Versions version, long answers, double perSecond) =>
            new(name, port, said?.ActivePort == port, answers, perSecond, _load.WebSockets.OpenOn(version));
    }

    private Sample Take()
    {
        LoadStatistics statistics = _load.Statistics;
        return new Sample(Stopwatch.GetElapsedTime(_started), statistics.AnsweredByV1, statistics.AnsweredByV2, statistics.Latency.Snapshot());
    }

    private sealed record Sample(TimeSpan At, long V1, long V2, LatencySnapshot Latency);
}
