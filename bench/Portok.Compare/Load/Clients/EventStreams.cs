using System.Diagnostics;
using System.Text;
using Portok.Compare.Measuring;
using Portok.Compare.Processes;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Compare.Load.Clients;

/// <summary>
/// Clients of server-sent events. The app sends each of them an event at a steady pace; events carry the moment they were sent
/// (both processes read the same clock), so what is told is how long they took through the proxy.
/// </summary>
internal sealed class EventStreams : IDisposable
{
    public const int EventBytes = 64;
    public const int TimeDigits = 20;

    /// <summary>From event to event of a stream.</summary>
    public const double EveryMs = 10;

    private readonly SocketLoop _loop = new();
    private readonly List<double> _tookMs = [];
    private readonly List<double> _firstByteMs = [];
    private readonly List<Reader> _readers = [];
    private readonly byte[] _request;
    private readonly int _port;
    private bool _counting;
    private long _errors;

    /// <summary>Opens the streams, one after the other as their first byte comes, so that their events are spread out.</summary>
    public EventStreams(int port, int count)
    {
        _port = port;
        _request = Encoding.ASCII.GetBytes($"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n");
        for (int i = 0; i < count; i++)
        {
            Open(stays: true);
        }
    }

    /// <summary>From connecting to the first byte, the median of so many streams that are closed again.</summary>
    public double FirstByteMs(int tries)
    {
        _firstByteMs.Clear();
        for (int i = 0; i < tries; i++)
        {
            Open(stays: false);
        }

        return Percentile.Of(Percentile.Sorted(_firstByteMs), 50);
    }

    public LoadResult Run(double seconds)
    {
        _tookMs.Clear();
        _counting = true;
        long started = Stopwatch.GetTimestamp();
        _loop.RunFor(TimeSpan.FromSeconds(seconds));
        double took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _counting = false;
        double[] sorted = Percentile.Sorted(_tookMs);
        long broken = _errors + _readers.Count(reader => !reader.IsOpen);
        return new LoadResult(sorted.Length, took, Percentile.Of(sorted, 50), Percentile.Of(sorted, 95), Percentile.Of(sorted, 99), broken);
    }

    public void Dispose() => _loop.Dispose();

    private void Count(long sent)
    {
        if (_counting)
        {
            _tookMs.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }

    private void Open(bool stays)
    {
        var reader = new Reader(this, SocketLoop.NowMs);
        Errno error = _loop.Connect(_port, reader);
        if (error != Errno.None || !_loop.RunUntil(() => reader.HasBegun || !reader.IsOpen, TimeSpan.FromSeconds(10)) || !reader.HasBegun)
        {
            throw new CompareException($"no event stream on port {_port} ({error})");
        }

        if (stays)
        {
            _readers.Add(reader);
        }
        else
        {
            _loop.Close(reader);
        }
    }

    private sealed class Reader(EventStreams all, double startedMs) : LoopSocket
    {
        private readonly EventScanner _scanner = new(all.Count);
        private bool _asked;

        public bool HasBegun { get; private set; }

        public override void OnReady(PollEvents events)
        {
            if (!_asked && events.HasFlag(PollEvents.Out))
            {
                _asked = true;
                _ = all._loop.Calls.Send(Descriptor, all._request);
            }

            SysResult read = all._loop.Calls.Receive(Descriptor, all._loop.Scratch.AsSpan(_scanner.Kept));
            if (read.Error is Errno.Again or Errno.NotConnected)
            {
                return;
            }

            if (!read.Ok || read.Value == 0)
            {
                all._loop.Close(this);
                return;
            }

            if (!HasBegun)
            {
                HasBegun = true;
                all._firstByteMs.Add(SocketLoop.NowMs - startedMs);
                if (!all._loop.Scratch.AsSpan(_scanner.Kept, read.Value).StartsWith("HTTP/1.1 200 "u8))
                {
                    all._errors++;
                }
            }

            _scanner.Take(all._loop.Scratch.AsSpan(0, _scanner.Kept + read.Value));
        }
    }
}
