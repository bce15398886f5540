using Portok.Engine.Clients;
using Portok.Engine.Reactors;
using Portok.Engine.Upstreams;
using Portok.Linux;

namespace Portok.Engine.Tunnels;

/// <summary>
/// Two connections joined after a 101: bytes pass both ways as they come, FIN as FIN, reset as reset, for as long as both
/// sides want. How it is ended from here stands in a file of its own.
/// </summary>
internal sealed partial class Tunnel
{
    private const int BytesPerTurn = 1024 * 1024;

    private readonly Reactor _reactor;
    private readonly ClientConnection _client;
    private readonly UpstreamConnection _upstream;
    private readonly UpstreamPool _pool;
    private readonly TunnelDirection _toApp;
    private readonly TunnelDirection _toClient;
    private readonly bool _webSocket;
    private bool _ended;

    internal Tunnel(Reactor reactor, ClientConnection client, UpstreamConnection upstream, bool webSocket)
    {
        _reactor = reactor;
        _client = client;
        _upstream = upstream;
        _pool = upstream.Pool;
        _webSocket = webSocket;
        _toApp = new TunnelDirection(client, upstream, toApp: true);
        _toClient = new TunnelDirection(upstream, client, toApp: false);
        Volatile.Write(ref _pool.Tunnels, _pool.Tunnels + 1);
        reactor.Counters.TunnelsOpen++;
        reactor.Counters.TunnelsTotal++;
    }

    /// <summary>Relays what both sides have sent already behind their heads.</summary>
    internal void Begin(int restAt, int restCount)
    {
        _client.SetDeadline(long.MaxValue);
        if (restCount > 0 && !Relay(_toClient, _reactor.Scratch.Bytes.AsSpan(restAt, restCount))) return;
        if (!_client.Held.IsEmpty && !RelayHeld()) return;
        OnEvents(_client);
    }

    private bool RelayHeld()
    {
        byte[] copy = _reactor.Buffers.Rent(_client.Held.Count);
        int count = _client.Held.TakeInto(copy, _reactor.Buffers);
        bool goesOn = Relay(_toApp, copy.AsSpan(0, count));
        _reactor.Buffers.Return(copy);
        return goesOn;
    }

    /// <summary>Something happened on one of the two connections.</summary>
    internal void OnEvents(Connection connection)
    {
        if (!connection.Unsent.IsEmpty && connection.Flush(out _) != Errno.None)
        {
            Break();
            return;
        }

        if (!Pump(_toApp) || !Pump(_toClient)) return;
        // An app that does not read keeps the reset from being met behind the client's last bytes: perhaps for ever.
        if (_client.WasReset && !_upstream.Unsent.IsEmpty) Break();
        else PassFins();
    }

    /// <returns>False when the tunnel has ended.</returns>
    private bool Pump(TunnelDirection direction)
    {
        int moved = 0;
        while (direction.Source.Readable && !direction.SourceEnded && direction.Sink.Unsent.IsEmpty)
        {
            if (moved >= BytesPerTurn)
            {
                _reactor.GoOnLater(direction.Source);
                return true;
            }

            Span<byte> room = _reactor.Scratch.InputAfter(0);
            SysResult received = direction.Source.Receive(room);
            if (!received.Ok)
            {
                if (received.Error == Errno.Again) return true;
                Break();
                return false;
            }

            if (received.Value == 0)
            {
                direction.SourceEnded = true;
                return true;
            }

            moved += received.Value;
            if (direction.ToApp) _reactor.Counters.BytesFromClients += received.Value;
            if (!Relay(direction, room[..received.Value])) return false;
        }

        return true;
    }

    private bool Relay(TunnelDirection direction, ReadOnlySpan<byte> bytes)
    {
        if (_webSocket)
        {
            if (_ending) return RelayUpToBoundary(direction, bytes);
            direction.Frames.Advance(bytes, stopAtBoundary: false);
        }

        return Send(direction, bytes);
    }

    private bool Send(TunnelDirection direction, ReadOnlySpan<byte> bytes)
    {
        // Ended from here while the source still talks: nothing may follow a FIN, and nobody is to be reset for it.
        if (direction.SinkShut) return true;
        if (!direction.ToApp) _reactor.Counters.BytesToClients += bytes.Length;
        if (direction.Sink.Write(bytes, out _) == Errno.None) return true;
        Break();
        return false;
    }

    /// <summary>Passes a FIN on once everything before it has gone, and ends the tunnel when both sides have ended.</summary>
    private void PassFins()
    {
        PassFin(_toApp);
        PassFin(_toClient);
        if (_ending) ShutWhatHasSaidGoodbye();
        if (_toApp.SinkShut && _toClient.SinkShut && _toApp.SourceEnded && _toClient.SourceEnded) End(reset: false);
    }

    private void PassFin(TunnelDirection direction)
    {
        if (direction.SourceEnded) Shut(direction);
    }

    private void Shut(TunnelDirection direction)
    {
        if (direction.SinkShut || !direction.Sink.Unsent.IsEmpty) return;
        direction.SinkShut = true;
        _ = _reactor.Calls.ShutdownWrite(direction.Sink.Fd);
    }

    /// <summary>One side was reset: the other learns of it the same way.</summary>
    private void Break() => End(reset: true);

    /// <summary>Ends it without a system call of its own.</summary>
    internal void Drop() => End(reset: true);

    private void End(bool reset)
    {
        if (_ended) return;
        _ended = true;
        Volatile.Write(ref _pool.Tunnels, _pool.Tunnels - 1);
        _reactor.Counters.TunnelsOpen--;
        _client.Tunnel = null;
        _upstream.Discard(reset);
        _reactor.Close(_client, reset);
    }
}
