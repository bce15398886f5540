using System.Diagnostics;
using System.Text;
using Portok.Compare.Measuring;
using Portok.Compare.Processes;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Compare.Load.Clients;

/// <summary>WebSockets that each send a small message, wait for its echo and send the next; one thread for all.</summary>
internal sealed class TunnelEcho : IDisposable
{
    public const int MessageBytes = 32;

    /// <summary>A masked frame: two bytes, the mask, the message.</summary>
    public const int FrameBytes = MessageBytes + 6;

    private const string Key = "cG9ydG9rLWNvbXBhcmUhIQ==";

    /// <summary>What the server has to answer to the one key that is used: its hash, RFC 6455 section 4.2.2.</summary>
    public const string Accept = "BT2aOzNZ7YrFitWPYfuRy6nOzeU=";

    private static readonly TimeSpan OpeningLimit = TimeSpan.FromSeconds(60);

    private readonly SocketLoop _loop = new();
    private readonly List<Tunnel> _tunnels = [];
    private readonly List<double> _tookMs = [];
    private readonly byte[] _handshake;
    private bool _running;
    private int _open;
    private long _errors;

    public TunnelEcho(int port, int count)
    {
        _handshake = Encoding.ASCII.GetBytes(
            $"GET /tunnel HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n\r\n");
        const int together = 256;
        for (int i = 0; i < count; i++)
        {
            var tunnel = new Tunnel(this);
            Errno error = _loop.Connect(port, tunnel);
            if (error != Errno.None)
            {
                throw new CompareException($"tunnel {i + 1}: {error}");
            }

            _tunnels.Add(tunnel);
            if (_tunnels.Count % together == 0)
            {
                WaitUntilOpen();
            }
        }

        WaitUntilOpen();
    }

    public LoadResult Run(double seconds)
    {
        _tookMs.Clear();
        _running = true;
        long started = Stopwatch.GetTimestamp();
        foreach (Tunnel tunnel in _tunnels.Where(tunnel => tunnel.IsOpen))
        {
            tunnel.Ask();
        }

        _loop.RunFor(TimeSpan.FromSeconds(seconds));
        double took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _running = false;
        // Those on their way come home, so that the next run begins with none.
        _loop.RunUntil(() => _tunnels.TrueForAll(tunnel => !tunnel.IsWaiting), TimeSpan.FromSeconds(5));
        double[] sorted = Percentile.Sorted(_tookMs);
        return new LoadResult(sorted.Length, took, Percentile.Of(sorted, 50), Percentile.Of(sorted, 95), Percentile.Of(sorted, 99), _errors);
    }

    public void Dispose() => _loop.Dispose();

    private void WaitUntilOpen()
    {
        if (!_loop.RunUntil(() => _open + _errors >= _tunnels.Count, OpeningLimit) || _errors > 0)
        {
            throw new CompareException($"of {_tunnels.Count} tunnels {_open} opened");
        }
    }

    private sealed class Tunnel(TunnelEcho all) : LoopSocket
    {
        private static readonly byte[] Frame = Masked();
        private byte[] _head = [];
        private double _askedMs;
        private bool _greeted;
        private bool _upgraded;

        public bool IsWaiting => IsOpen && _askedMs > 0;

        public void Ask()
        {
            _askedMs = SocketLoop.NowMs;
            SysResult sent = all._loop.Calls.Send(Descriptor, Frame);
            if (!sent.Ok || sent.Value < Frame.Length)
            {
                Fail();
            }
        }

        public override void OnReady(PollEvents events)
        {
            if (!_greeted && events.HasFlag(PollEvents.Out))
            {
                _greeted = true;
                _ = all._loop.Calls.Send(Descriptor, all._handshake);
            }

            SysResult read = all._loop.Calls.Receive(Descriptor, all._loop.Scratch);
            if (read.Error is Errno.Again or Errno.NotConnected)
            {
                return;
            }

            if (!read.Ok || read.Value == 0)
            {
                Fail();
            }
            else if (_upgraded)
            {
                Echoed(all._loop.Scratch.AsSpan(0, read.Value));
            }
            else
            {
                Upgrade(all._loop.Scratch.AsSpan(0, read.Value));
            }
        }

        private void Upgrade(ReadOnlySpan<byte> bytes)
        {
            _head = [.. _head, .. bytes];
            if (_head.AsSpan().IndexOf("\r\n\r\n"u8) < 0)
            {
                return;
            }

            _upgraded = _head.AsSpan().StartsWith("HTTP/1.1 101 "u8);
            _head = [];
            if (_upgraded)
            {
                all._open++;
            }
            else
            {
                Fail();
            }
        }

        private void Echoed(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length != MessageBytes + 2)
            {
                Fail();
                return;
            }

            double asked = _askedMs;
            _askedMs = 0;
            if (all._running)
            {
                all._tookMs.Add(SocketLoop.NowMs - asked);
                Ask();
            }
        }

        private void Fail()
        {
            all._errors++;
            all._loop.Close(this);
        }

        private static byte[] Masked()
        {
            byte[] frame = new byte[FrameBytes];
            frame[0] = 0x82;
            frame[1] = 0x80 | MessageBytes;
            // A mask of zeros is a mask too, and the message stays readable in a trace.
            frame.AsSpan(6).Fill((byte)'m');
            return frame;
        }
    }
}
