using Portok.Proof;

namespace Portok.Soak;

/// <summary>The picture of a soak.</summary>
internal static class SoakChart
{
    internal static Chart Of(SoakRun run)
    {
        bool minutes = run.Length.TotalMinutes >= 3;
        double unit = minutes ? 60 : 1;
        Series Line(string name, Func<DaemonSample, double> pick) => new(name, [.. run.Samples.Select(s => (s.Seconds / unit, pick(s)))]);
        return new Chart(
            $"portokd under {run.Length.TotalMinutes:0.#} minutes of mixed traffic, {run.SwitchesMs.Count} switches",
            minutes ? "minutes since the start" : "seconds since the start",
            [
                new Panel("Memory, MiB", [Line("resident", s => s.RssMiB), Line("managed heap", s => s.HeapMiB)]),
                new Panel("Descriptors", [Line("open", s => s.Descriptors), Line("clients", s => s.Clients), Line("to the apps", s => s.Upstreams)]),
                new Panel("Threads", [Line("threads", s => s.Threads)]),
                new Panel("Garbage collections since the start", [Line("generation 0", s => s.Gen0), Line("1", s => s.Gen1), Line("2", s => s.Gen2)]),
                new Panel("CPU, per cent of a core", [new Series("portokd", DaemonSample.Rate(run.Samples, s => s.CpuSeconds * 100, unit))]),
                new Panel("Requests a second", [new Series("requests", DaemonSample.Rate(run.Samples, s => s.Requests, unit))]),
                new Panel("Work under way", [Line("requests in flight", s => s.Inflight), Line("tunnels", s => s.Tunnels)]),
            ]);
    }
}
