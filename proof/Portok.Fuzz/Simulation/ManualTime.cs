using System.Diagnostics;

namespace Portok.Fuzz.Simulation;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = Stopwatch.Frequency * 1000;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds((double)_ticks / Stopwatch.Frequency);

    public void Pass(int ms) => _ticks += Stopwatch.Frequency / 1000 * ms;
}
