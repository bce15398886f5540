using BenchmarkDotNet.Attributes;
using Portok.Engine.Timers;

namespace Portok.Bench;

/// <summary>What deadlines cost where a thousand connections have one each: every request puts two off.</summary>
[MemoryDiagnoser]
public class TimerWheelBenchmarks
{
    private const int Connections = 1000, KeepAliveMs = 5000;
    private readonly TimerWheel _wheel = new(nowMs: 0);
    private readonly Entry[] _entries = [.. Enumerable.Range(0, Connections).Select(_ => new Entry())];
    private long _nowMs;
    private int _next;

    [GlobalSetup]
    public void Prepare()
    {
        foreach (Entry entry in _entries) _wheel.Set(entry, KeepAliveMs);
        if (_wheel.Count != Connections) throw new InvalidOperationException("The entries are not in the wheel.");
    }

    /// <summary>A request: the deadline moves away.</summary>
    [Benchmark(Baseline = true)]
    public void PutOff() => _wheel.Set(NextEntry(), _nowMs + KeepAliveMs);

    /// <summary>A connection that comes and goes.</summary>
    [Benchmark]
    public void AddAndRemove()
    {
        Entry entry = NextEntry();
        _wheel.Remove(entry);
        _wheel.Set(entry, _nowMs + KeepAliveMs);
    }

    /// <summary>A turn of the loop: the clock moves by a tick, what is not due is linked anew.</summary>
    [Benchmark]
    public int Advance()
    {
        _nowMs += TimerWheel.TickMs;
        _wheel.Set(NextEntry(), _nowMs + KeepAliveMs);
        _wheel.Advance(_nowMs);
        return _wheel.MsToNext(_nowMs);
    }

    private Entry NextEntry() => _entries[_next = (_next + 1) % Connections];

    private sealed class Entry : TimerEntry
    {
        internal override void OnDue()
        {
        }
    }
}
