using System.Collections.Concurrent;

namespace Portok.Cli.Demo.Load;

/// <summary>What became of the requests and WebSockets of a load. Any thread.</summary>
internal sealed class LoadStatistics
{
    private const int KeptFaults = 8;

    private readonly ConcurrentQueue<string> _faults = new();
    private long _v1;
    private long _v2;
    private long _lost;
    private long _wrong;
    private long _wrongEchoes;

    /// <summary>From sending, or from when it was due if the answer before it came too late, to the whole answer.</summary>
    public LatencyHistogram Latency { get; } = new();

    public long AnsweredByV1 => Interlocked.Read(ref _v1);

    public long AnsweredByV2 => Interlocked.Read(ref _v2);

    /// <summary>Requests without a right 200 answer.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Right answers of a version that had no business answering any more, or not yet.</summary>
    public long WrongVersion => Interlocked.Read(ref _wrong);

    /// <summary>WebSocket messages that came back as something else.</summary>
    public long WrongEchoes => Interlocked.Read(ref _wrongEchoes);

    public long Total => AnsweredByV1 + AnsweredByV2 + Lost;

    /// <summary>The first few things that went wrong, in words.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    public void Answered(Versions by, TimeSpan latency, bool allowed)
    {
        Interlocked.Increment(ref by == Versions.V1 ? ref _v1 : ref _v2);
        Latency.Record(latency);
        if (!allowed)
        {
            Interlocked.Increment(ref _wrong);
            Keep($"an answer of {by.ToString().ToLowerInvariant()} when it was the other's turn");
        }
    }

    public void LostRequest(string why)
    {
        Interlocked.Increment(ref _lost);
        Keep(why);
    }

    public void WrongEcho(string what)
    {
        Interlocked.Increment(ref _wrongEchoes);
        Keep(what);
    }

    private void Keep(string fault)
    {
        if (_faults.Count < KeptFaults)
        {
            _faults.Enqueue(fault);
        }
    }
}
