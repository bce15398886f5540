using System.Diagnostics;
using Portok.Testing;

namespace Portok.Soak.Traffic;

/// <summary>Switches to and fro between two apps, at a steady pace.</summary>
internal sealed class Switcher(PortokDaemon daemon, VersionTimeline versions, IReadOnlyList<ForeignApp> apps)
{
    /// <summary>How long each switch took, probe included, in milliseconds.</summary>
    internal List<double> TookMs { get; } = [];

    /// <summary>The app that is active.</summary>
    internal ForeignApp Active { get; private set; } = apps[0];

    internal async Task RunAsync(TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await SwitchAsync();
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    /// <summary>Switches to the other one.</summary>
    internal async Task SwitchAsync()
    {
        ForeignApp next = apps.First(app => app != Active);
        versions.Begins(next.Version);
        long start = Stopwatch.GetTimestamp();
        await daemon.SwitchAsync(next.Port);
        TookMs.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        versions.Acknowledged();
        Active = next;
    }
}
