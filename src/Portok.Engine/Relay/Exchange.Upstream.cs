using Portok.Engine.Buffers;
using Portok.Engine.Reactors;
using Portok.Engine.Traffic;
using Portok.Engine.Upstreams;
using Portok.Http1;
using Portok.Linux;

namespace Portok.Engine.Relay;

/// <summary>Getting a connection to the app, and the second try on a fresh one.</summary>
internal sealed partial class Exchange
{
    // A request with a body that may be tried again is kept until the first byte of its answer, up to this size. One without
    // is its head alone, which has a limit of its own.
    private const int MaxReplayBytes = 16 * 1024;

    /// <summary>The bytes of the request so far, while it waits for a connection or may have to be sent again.</summary>
    private KeptBytes _kept;

    /// <summary>The second try, which goes out on a connection that has carried nothing yet.</summary>
    private bool _retried;

    /// <summary>It has gone to the new port because the old one took nothing of it.</summary>
    private bool _moved;

    /// <summary>It has been first in the queue for connections, and is again if it has to wait once more.</summary>
    private bool _hadItsTurn;

    /// <summary>It may be sent again though the socket has taken some of it.</summary>
    private bool _repeatable;

    /// <summary>It waits for a permit to open a connection (UPSTREAM_MAX_SOCKETS).</summary>
    internal bool IsWaiting { get; private set; }

    internal bool IsWaitingFor(ConnectionPermits permits) => IsWaiting && _pool?.Target.Permits == permits;

    /// <summary>Sends the beginning of the request on an idle connection or a fresh one, or waits for its turn.</summary>
    private void SendTo(ReadOnlySpan<byte> message)
    {
        while (true)
        {
            if (TakeIdle(message.Length) is not { } upstream)
            {
                if (!_pool!.Target.Permits.TakeOrWait(new ConnectionPermits.Waiter(_reactor, _clientId), _hadItsTurn))
                {
                    Wait(message);
                    return;
                }

                upstream = OpenFresh(out Errno error)!;
                if (upstream is null)
                {
                    Fail(ReasonOf(error));
                    return;
                }
            }

            if (SendOn(upstream, message)) return;
        }
    }

    /// <summary>An idle connection that may be used for this request; stale ones are thrown away on the way.</summary>
    private UpstreamConnection? TakeIdle(int length)
    {
        if (_retried) return null;
        UpstreamPool pool = _pool!;
        while (pool.Peek() is { } idle)
        {
            if (MayBeRepeated(length))
            {
                pool.Remove(idle);
                return idle;
            }

            // A request that must not be carried out twice, or whose body is not all here, cannot be sent again when it
            // crosses with the app's FIN (RFC 9112 9.3.1): look first, and keep clear of connections as old as those the
            // app closes.
            if (!pool.IsSafeFor(_reactor.NowMs - idle.IdleSince, _reactor.NowMs)) return null;
            if (_reactor.Calls.Peek(idle.Fd).Error == Errno.Again)
            {
                pool.Remove(idle);
                return idle;
            }

            idle.Discard(reset: false);
        }

        return null;
    }

    /// <summary>Idempotent, all of it here, and not too long to be kept.</summary>
    private bool MayBeRepeated(int length)
        => _idempotent && _requestDone && (length <= MaxReplayBytes || _requestFraming == BodyFraming.None);

    private UpstreamConnection? OpenFresh(out Errno error)
    {
        Target target = _pool!.Target;
        SysResult opened = _reactor.Calls.Connect(target.Address, _reactor.Shared.KeepAliveSeconds);
        error = opened.Error;
        if (!opened.Ok)
        {
            target.Permits.Release();
            return null;
        }

        var upstream = new UpstreamConnection(_reactor, _pool, opened.Value);
        if (_reactor.Register(upstream)) return upstream;
        error = Errno.NoMemory;
        _reactor.Counters.UpstreamOpen--;
        _reactor.Calls.Close(opened.Value, reset: false);
        target.Permits.Release();
        return null;
    }

    /// <returns>False when the connection turned out to be stale and another one is to be taken.</returns>
    private bool SendOn(UpstreamConnection upstream, ReadOnlySpan<byte> message)
    {
        _upstream = upstream;
        upstream.Exchange = this;
        // Sent right after connect: on loopback the connection is there already.
        Errno error = upstream.Write(message, out int taken);
        if (error == Errno.None)
        {
            Sent(upstream, message, taken);
            return true;
        }

        // Not one byte was taken: any method may be sent again.
        bool stale = upstream.Reused;
        _upstream = null;
        upstream.Discard(reset: false);
        if (stale) return false;
        FailOrChooseAgain(ReasonOf(error), message);
        return true;
    }

    private void Sent(UpstreamConnection upstream, ReadOnlySpan<byte> message, int taken)
    {
        _repeatable = upstream.Reused && MayBeRepeated(message.Length);
        bool connecting = !upstream.Reused && taken == 0;
        if (_repeatable || taken == 0) Keep(message);
        if (connecting) upstream.SetDeadline(DeadlineIn(_reactor.Shared.Limits.UpstreamConnectTimeoutMs));
        else AwaitUpstream();
        AwaitClient();
        if (!_requestDone && upstream.Unsent.IsEmpty && _client.HasInput) PumpRequest();
    }

    private void Keep(ReadOnlySpan<byte> message)
    {
        if (_kept.IsEmpty) _kept.Append(message, _reactor.Buffers);
    }

    private void Wait(ReadOnlySpan<byte> message)
    {
        IsWaiting = true;
        Keep(message);
        _client.SetDeadline(long.MaxValue);
        Target target = _pool!.Target;
        // Idle connections count against the cap too, also ones here that are too old for this request: reactors that have
        // some are asked to give them up. Who gets one after this look sees that somebody waits.
        Interlocked.MemoryBarrier();
        foreach (Reactor each in _reactor.Shared.Reactors)
            if (target.Pools[each.Index].HasIdle) each.Mailbox.Post(r => r.YieldIdle(target));
    }

    /// <summary>The permit waited for has come.</summary>
    internal void ContinueWithPermit()
    {
        IsWaiting = false;
        _hadItsTurn = true;
        UpstreamConnection? upstream = OpenFresh(out Errno error);
        if (upstream is null) Fail(ReasonOf(error));
        else SendKeptOn(upstream);
    }

    /// <summary>A connection has come free for this waiting request.</summary>
    internal void ContinueWith(UpstreamConnection upstream)
    {
        IsWaiting = false;
        _hadItsTurn = true;
        if (_retried || (!MayBeRepeated(_kept.Count) && _reactor.Calls.Peek(upstream.Fd).Error != Errno.Again))
        {
            upstream.Discard(reset: false);
            ResendKept();
            return;
        }

        SendKeptOn(upstream);
    }

    private void SendKeptOn(UpstreamConnection upstream)
    {
        byte[] message = TakeKept(out int length);
        if (!SendOn(upstream, message.AsSpan(0, length))) SendTo(message.AsSpan(0, length));
        _reactor.Buffers.Return(message);
    }

    private byte[] TakeKept(out int length)
    {
        byte[] message = _reactor.Buffers.Rent(Math.Max(1, _kept.Count));
        length = _kept.TakeInto(message, _reactor.Buffers);
        return message;
    }

    /// <summary>Sends the kept request anew, on whatever connection is right now.</summary>
    private void ResendKept()
    {
        byte[] message = TakeKept(out int length);
        SendTo(message.AsSpan(0, length));
        _reactor.Buffers.Return(message);
    }

    /// <summary>Traffic has moved while this request waited and nothing of it was sent: it goes where new requests go.</summary>
    internal void ChooseAgain()
    {
        IsWaiting = false;
        MoveTo(_reactor.Shared.Switchboard.Active);
        ResendKept();
    }

    private void MoveTo(Target target)
    {
        LeaveTarget();
        _hadItsTurn = false;
        Join(target);
    }

    /// <summary>Nothing was sent. If traffic has moved on since the head was read, the new port gets the request.</summary>
    private void FailOrChooseAgain(RejectReason reason, ReadOnlySpan<byte> message)
    {
        Target active = _reactor.Shared.Switchboard.Active;
        if (_isAdmin || _moved || _pool!.Target == active)
        {
            Fail(reason);
            return;
        }

        _moved = true;
        MoveTo(active);
        SendTo(message);
    }

    private static RejectReason ReasonOf(Errno error) => error switch
    {
        Errno.ConnectionRefused or Errno.NoEntry => RejectReason.ConnectionRefused,
        Errno.TimedOut => RejectReason.ConnectionTimeout,
        Errno.ConnectionReset or Errno.BrokenPipe => RejectReason.ConnectionReset,
        Errno.AddressNotAvailable or Errno.TooManyFiles or Errno.TooManyFilesInSystem or Errno.NoBuffers or Errno.NoMemory => RejectReason.Overloaded,
        _ => RejectReason.ConnectionRefused,
    };
}
