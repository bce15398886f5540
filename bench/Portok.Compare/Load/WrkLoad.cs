using System.Globalization;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Load;

/// <summary>Load by wrk: as many requests as the connections allow, one at a time on each.</summary>
/// <param name="Path">What is asked for.</param>
/// <param name="Connections">Client connections.</param>
/// <param name="Script">get.lua, upload.lua or close.lua.</param>
internal sealed record WrkLoad(string Path, int Connections, string Script = "get.lua")
{
    private const string Marker = "portok-compare:";

    public static string Version => Tool.Version(Tool.Require("wrk"), "-v");

    /// <param name="port">Of 127.0.0.1.</param>
    /// <param name="seconds">wrk takes whole ones.</param>
    public LoadResult Run(int port, double seconds)
    {
        int threads = Math.Min(2, Connections);
        (int exitCode, string output) = Command.Run(
            Tool.Require("wrk"),
            [
                "--threads", threads.ToString(CultureInfo.InvariantCulture),
                "--connections", Connections.ToString(CultureInfo.InvariantCulture),
                "--duration", $"{(int)Math.Max(1, Math.Round(seconds))}s",
                "--timeout", "10s",
                "--script", RepositoryRoot.Combine("bench", "Portok.Compare", "Load", Script),
                $"http://127.0.0.1:{port}{Path}",
            ],
            TimeSpan.FromSeconds(seconds + 60));
        string? line = output.Split('\n').FirstOrDefault(l => l.StartsWith(Marker, StringComparison.Ordinal));
        return exitCode == 0 && line is not null ? Parse(line) : throw new CompareException($"wrk failed ({exitCode}):\n{output}");
    }

    /// <summary>Reads the line that each of the scripts writes: requests, microseconds, p50, p95 and p99 in microseconds, errors.</summary>
    internal static LoadResult Parse(string line)
    {
        double[] values = [.. line[Marker.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        return new LoadResult((long)values[0], values[1] / 1e6, values[2] / 1e3, values[3] / 1e3, values[4] / 1e3, (long)values[5]);
    }
}
