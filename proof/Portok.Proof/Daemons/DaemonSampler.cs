using System.Diagnostics;
using Portok.Testing;

namespace Portok.Proof;

/// <summary>Samples a daemon at a steady pace until it is stopped.</summary>
public sealed class DaemonSampler : IAsyncDisposable
{
    private readonly PortokDaemon _daemon;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DaemonSample> _samples = [];
    private readonly Task _sampling;

    private DaemonSampler(PortokDaemon daemon, TimeSpan pace)
    {
        _daemon = daemon;
        _sampling = Task.Run(() => SampleAsync(pace));
    }

    /// <summary>Seconds since it began.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>The samples so far.</summary>
    public IReadOnlyList<DaemonSample> Samples
    {
        get
        {
            lock (_samples) return [.. _samples];
        }
    }

    /// <summary>Begins.</summary>
    public static DaemonSampler Start(PortokDaemon daemon, TimeSpan pace) => new(daemon, pace);

    /// <summary>Ends it; an exception of its own shows here.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sampling.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SampleAsync(TimeSpan pace)
    {
        using var timer = new PeriodicTimer(pace);
        try
        {
            do
            {
                DaemonSample sample = await DaemonSample.TakeAsync(_daemon, Seconds).ConfigureAwait(false);
                lock (_samples) _samples.Add(sample);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
