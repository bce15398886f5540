using System.Text;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Overload.Clients;

/// <summary>
/// Requests at a fixed rate over a fixed number of connections. The time of each is counted from the moment it was due, not
/// from when it could be sent: a daemon that stalls does not get to hide the requests it held up (coordinated omission).
/// </summary>
internal sealed class PacedLoad : IDisposable
{
    private static readonly byte[] Question = Encoding.ASCII.GetBytes("GET /small HTTP/1.1\r\nHost: load.test\r\n\r\n");

    private readonly SocketLoop _loop = new();
    // In turn, so that none of them stays idle until the daemon closes it.
    private readonly Queue<Normal> _free = new();
    private readonly Queue<double> _waiting = new();
    private readonly List<double> _tookMs = [];
    private readonly int _port;
    private readonly Func<Answer, byte[], bool> _isRight;
    private long _due;
    private long _ended;
    private string? _fault;

    private PacedLoad(int port, int connections, Func<Answer, byte[], bool> isRight)
    {
        (_port, _isRight) = (port, isRight);
        for (int i = 0; i < connections; i++) Open();
    }

    /// <summary>Runs to its end on a thread of its own.</summary>
    internal static Task<PacedReport> RunAsync(int port, int connections, int rate, TimeSpan span, Func<Answer, byte[], bool> isRight)
        => Task.Factory.StartNew(
            () =>
            {
                using var load = new PacedLoad(port, connections, isRight);
                return load.Run(rate, span);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    public void Dispose() => _loop.Dispose();

    private PacedReport Run(int rate, TimeSpan span)
    {
        // The handshakes are over when it counts.
        _loop.RunFor(TimeSpan.FromMilliseconds(200));
        double start = SocketLoop.NowMs, everyMs = 1000.0 / rate, lastMs = span.TotalMilliseconds;
        void Next()
        {
            for (double now = SocketLoop.NowMs - start; _due * everyMs <= Math.Min(now, lastMs); _due++)
            {
                _waiting.Enqueue(start + (_due * everyMs));
                Serve();
            }

            if (_due * everyMs <= lastMs) _loop.At(start + (_due * everyMs), Next);
        }

        Next();
        _loop.RunFor(span);
        bool all = _loop.RunUntil(() => _due * everyMs > lastMs && _ended == _due, Testing.Patience.Long);
        _tookMs.Sort();
        return new PacedReport(_due, _due - _tookMs.Count, At(0.5), At(0.99), At(1), all ? _fault : $"{_due - _ended} without an answer; {_fault}");
    }

    private double At(double part) => _tookMs.Count == 0 ? double.PositiveInfinity : _tookMs[(int)Math.Min(_tookMs.Count - 1, part * _tookMs.Count)];

    private void Open()
    {
        var client = new Normal(this);
        Errno error = _loop.Connect(_port, client);
        if (error != Errno.None) throw new InvalidOperationException($"A connection could not be opened by the client: {error}.");
        _free.Enqueue(client);
    }

    private void Serve()
    {
        while (_waiting.Count > 0 && _free.TryDequeue(out Normal? client))
        {
            // Closed while it was idle: another takes its place.
            if (client.IsOpen) client.Ask(_waiting.Dequeue());
            else Open();
        }
    }

    private void Ended(Normal client, double? tookMs, string? fault)
    {
        _ended++;
        if (tookMs is { } took) _tookMs.Add(took);
        else _fault ??= fault;
        if (client.IsOpen) _free.Enqueue(client);
        else Open();
        Serve();
    }

    private sealed class Normal(PacedLoad load) : LoopSocket
    {
        private byte[] _kept = [];
        private double _due;
        private bool _asking;

        internal void Ask(double due)
        {
            (_due, _asking) = (due, true);
            SysResult sent = load._loop.Calls.Send(Descriptor, Question);
            if (!sent.Ok || sent.Value < Question.Length) Fail($"sending: {sent.Error}");
        }

        public override void OnReady(PollEvents events)
        {
            while (IsOpen)
            {
                SysResult read = load._loop.Calls.Receive(Descriptor, load._loop.Scratch);
                if (read.Error is Errno.Again or Errno.NotConnected) return;
                if (!read.Ok || read.Value == 0) Fail(read.Ok ? "the connection was closed" : $"receiving: {read.Error}");
                else Take(load._loop.Scratch.AsSpan(0, read.Value));
            }
        }

        private void Take(ReadOnlySpan<byte> bytes)
        {
            _kept = [.. _kept, .. bytes];
            if (Answer.Read(_kept) is not { } answer) return;
            bool right = _asking && load._isRight(answer, _kept) && answer.Length == _kept.Length;
            _kept = [];
            if (!right) Fail(answer.Head);
            else
            {
                _asking = false;
                load.Ended(this, SocketLoop.NowMs - _due, null);
            }
        }

        private void Fail(string fault)
        {
            load._loop.Close(this);
            if (_asking) load.Ended(this, null, fault);
            _asking = false;
        }
    }
}

/// <summary>What a <see cref="PacedLoad"/> saw; times in milliseconds.</summary>
internal sealed record PacedReport(long Requests, long Failed, double P50, double P99, double Max, string? Fault);
