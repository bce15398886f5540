using Portok.Compare.Load;
using Portok.Compare.Peers;

namespace Portok.Compare.Measuring;

/// <summary>What a peer spends on load.</summary>
internal static class Cost
{
    /// <summary>Runs the load and divides the peer's CPU time by what was completed.</summary>
    public static Findings Of(PeerHost host, Func<LoadResult> load)
    {
        var own = new LoadCpu();
        ProcessCpu? cpu = host.Server is { } server ? new ProcessCpu(server.Id) : null;
        using InstructionCounter? counter = host.Server is { } counted ? InstructionCounter.Start(counted.Id) : null;
        LoadResult result = load();
        double? instructions = counter?.Stop();
        double seconds = cpu?.Seconds() ?? 0, loadSeconds = own.Seconds();
        host.MustRun();
        if (result.Count == 0)
        {
            throw new Processes.CompareException($"{host.Peer.Name} completed nothing ({result.Errors} errors)");
        }

        Findings findings = new Findings().WithErrors(result.Errors)
            .With(Figures.Rate, result.PerSecond)
            .With(Figures.P50, result.P50Ms)
            .With(Figures.P99, result.P99Ms)
            .With(Figures.LoadCores, loadSeconds / result.Seconds);
        if (instructions is { } all)
        {
            findings.With(Figures.Instructions, all / result.Count);
        }

        return cpu is null ? findings : findings
            .With(Figures.Cpu, seconds * 1e6 / result.Count)
            .With(Figures.Resident, host.ResidentKiB / 1024);
    }
}
