using System.Globalization;
using Portok.Compare.Processes;
using Portok.Compare.Scenarios;

namespace Portok.Compare.Load;

/// <summary>Load by wrk: as many requests as the connections allow, one at a time on each.</summary>
internal sealed class WrkLoad
{
    private const string Marker = "portok-compare:";
    private readonly string _path = Tool.Require("wrk");

    public string Version => Tool.Version(_path, "-v");

    public LoadResult Run(Scenario scenario, int port, double seconds)
    {
        int threads = Math.Min(2, scenario.Connections);
        (int exitCode, string output) = Command.Run(
            _path,
            [
                "--threads", threads.ToString(CultureInfo.InvariantCulture),
                "--connections", scenario.Connections.ToString(CultureInfo.InvariantCulture),
                "--duration", $"{(int)Math.Max(1, seconds)}s",
                "--script", Path.Combine(AppContext.BaseDirectory, "Load/report.lua"),
                $"http://127.0.0.1:{port}{scenario.Path}",
            ],
            TimeSpan.FromSeconds(seconds + 30));
        string? line = output.Split('\n').FirstOrDefault(l => l.StartsWith(Marker, StringComparison.Ordinal));
        return exitCode == 0 && line is not null ? Parse(line) : throw new CompareException($"wrk failed ({exitCode}):\n{output}");
    }

    /// <summary>Reads the line that report.lua writes: requests, microseconds, p50 and p99 in microseconds, errors.</summary>
    internal static LoadResult Parse(string line)
    {
        double[] values = [.. line[Marker.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        return new LoadResult((long)values[0], values[1] / 1e6, values[2] / 1e3, values[3] / 1e3, (long)values[4]);
    }
}
