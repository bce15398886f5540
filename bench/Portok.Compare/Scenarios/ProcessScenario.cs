using System.Diagnostics;
using Portok.Compare.Measuring;
using Portok.Compare.Peers;
using Portok.Compare.Processes;

namespace Portok.Compare.Scenarios;

/// <summary>The process itself: how soon it answers, what it takes when nobody asks.</summary>
internal sealed class ProcessScenario(string name, string title) : Scenario(name, title)
{
    public override string Load => "one request as soon as the port accepts a connection, then none";

    public override void Prepare(PeerHost host)
    {
        // Every round starts it anew; the first start reads its files from the disk.
        host.Start();
        host.Stop();
    }

    public override Findings Measure(PeerHost host, double seconds)
    {
        long started = Stopwatch.GetTimestamp();
        host.Start();
        bool answered = Ask(host.Port);
        double tookMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        // What a start leaves to be done in the background is not idleness.
        Thread.Sleep(500);
        var cpu = new ProcessCpu(host.Server!.Id);
        long idle = Stopwatch.GetTimestamp();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        double share = cpu.Seconds() / Stopwatch.GetElapsedTime(idle).TotalSeconds;
        Findings findings = new Findings().WithErrors(answered ? 0 : 1)
            .With(Figures.StartMs, tookMs)
            .With(Figures.Resident, host.ResidentKiB / 1024)
            .With(Figures.IdleCpu, share * 100);
        host.Stop();
        return findings;
    }

    private static bool Ask(int port)
    {
        using var client = new HttpRequest(port);
        return client.Get("/").StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
    }
}
