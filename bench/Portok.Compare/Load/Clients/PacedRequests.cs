using System.Text;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Compare.Load.Clients;

/// <summary>One request of a paced run.</summary>
/// <param name="DueMs">When it was due, on <see cref="SocketLoop.NowMs"/>'s clock.</param>
/// <param name="TookMs">From then to the last byte of its answer; NaN when there was none.</param>
internal readonly record struct PacedRequest(double DueMs, double TookMs);

/// <summary>
/// Requests at a fixed rate over a fixed number of kept connections. Times are counted from the moment a request was due, not
/// from when it could be sent: who stalls does not get to hide the requests it held up. (h2load --rps does hide them.)
/// </summary>
internal sealed class PacedRequests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SocketLoop _loop = new();
    // In turn, so that none of them stays idle until the server closes it.
    private readonly Queue<Client> _free = new();
    private readonly Queue<double> _waiting = new();
    private readonly List<PacedRequest> _done = [];
    private readonly byte[] _request;
    private readonly int _port;
    private readonly int _bodyBytes;
    private int _connected;

    private PacedRequests(int port, int connections, int bodyBytes)
    {
        (_port, _bodyBytes) = (port, bodyBytes);
        _request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        for (int i = 0; i < connections; i++)
        {
            Open();
        }
    }

    /// <summary>Runs to its end on a thread of its own.</summary>
    /// <param name="port">Of 127.0.0.1.</param>
    /// <param name="connections">Client connections.</param>
    /// <param name="rate">Requests a second, all together.</param>
    /// <param name="seconds">How long requests are due.</param>
    /// <param name="bodyBytes">Length of the one right body.</param>
    public static Task<List<PacedRequest>> RunAsync(int port, int connections, int rate, double seconds, int bodyBytes)
        => Task.Factory.StartNew(
            () =>
            {
                using var load = new PacedRequests(port, connections, bodyBytes);
                return load.Run(connections, rate, seconds);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    public void Dispose() => _loop.Dispose();

    private List<PacedRequest> Run(int connections, int rate, double seconds)
    {
        _loop.RunUntil(() => _connected == connections, Patience);
        double start = SocketLoop.NowMs, everyMs = 1000.0 / rate;
        long all = (long)(rate * seconds), due = 0;
        void Next()
        {
            for (double now = SocketLoop.NowMs; due < all && start + (due * everyMs) <= now; due++)
            {
                _waiting.Enqueue(start + (due * everyMs));
                Serve();
            }

            if (due < all)
            {
                _loop.At(start + (due * everyMs), Next);
            }
        }

        Next();
        _loop.RunUntil(() => _done.Count == all, TimeSpan.FromSeconds(seconds) + Patience);
        // What has not been answered by now is lost.
        _done.AddRange(Enumerable.Repeat(new PacedRequest(start, double.NaN), (int)(all - _done.Count)));
        return _done;
    }

    private void Open()
    {
        if (_loop.Connect(_port, new Client(this)) != Errno.None)
        {
            _loop.At(SocketLoop.NowMs + 50, Open);
        }
    }

    private void Serve()
    {
        while (_waiting.Count > 0 && _free.TryDequeue(out Client? client))
        {
            if (client.IsOpen)
            {
                client.Ask(_waiting.Dequeue());
            }
        }
    }

    private sealed class Client(PacedRequests load) : LoopSocket
    {
        private byte[] _kept = [];
        private double _dueMs;
        private bool _asking;
        private bool _ready;

        public void Ask(double dueMs)
        {
            (_dueMs, _asking) = (dueMs, true);
            SysResult sent = load._loop.Calls.Send(Descriptor, load._request);
            if (!sent.Ok || sent.Value < load._request.Length)
            {
                Close();
            }
        }

        public override void OnReady(PollEvents events)
        {
            if (!_ready && events.HasFlag(PollEvents.Out) && !events.HasFlag(PollEvents.Error) && !events.HasFlag(PollEvents.HangUp))
            {
                _ready = true;
                load._connected++;
                load._free.Enqueue(this);
                load.Serve();
            }

            SysResult read = load._loop.Calls.Receive(Descriptor, load._loop.Scratch);
            if (read.Error is Errno.Again or Errno.NotConnected)
            {
                return;
            }

            if (!read.Ok || read.Value == 0)
            {
                Close();
                return;
            }

            Take(load._loop.Scratch.AsSpan(0, read.Value));
            if (IsOpen && events.HasFlag(PollEvents.ReadHangUp))
            {
                Close();
            }
        }

        private void Take(ReadOnlySpan<byte> bytes)
        {
            if (_kept.Length > 0)
            {
                _kept = [.. _kept, .. bytes];
                bytes = _kept;
            }

            int end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0 || bytes.Length < end + 4 + load._bodyBytes)
            {
                _kept = bytes.ToArray();
                return;
            }

            bool right = _asking && bytes.StartsWith("HTTP/1.1 200 "u8) && bytes.Length == end + 4 + load._bodyBytes;
            _kept = [];
            Ended(right);
            if (right)
            {
                load._free.Enqueue(this);
                load.Serve();
            }
            else
            {
                Close();
            }
        }

        /// <summary>A connection that was closed is replaced; a request on it is lost, never tried again.</summary>
        private void Close()
        {
            load._loop.Close(this);
            Ended(right: false);
            load.Open();
        }

        private void Ended(bool right)
        {
            if (_asking)
            {
                load._done.Add(new PacedRequest(_dueMs, right ? SocketLoop.NowMs - _dueMs : double.NaN));
                _asking = false;
            }
        }
    }
}
