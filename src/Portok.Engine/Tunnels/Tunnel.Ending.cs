using System.Security.Cryptography;
using Portok.Http1;

namespace Portok.Engine.Tunnels;

/// <summary>Ending a tunnel from here: a WebSocket by a close frame 1001 both ways at a frame boundary (RFC 6455 5.5.1, 7.4.1), any other by FIN.</summary>
internal sealed partial class Tunnel
{
    private const ushort GoingAway = 1001;

    // Both sides have this long to say goodbye after the close frames.
    private const int GoodbyeMs = 1500;

    private bool _ending;

    /// <summary>Ends the tunnel at a moment of its own within the spread, so that not all clients come back in the same millisecond.</summary>
    internal void EndWithin(int spreadMs)
    {
        if (_ending || _ended) return;
        int jitter = spreadMs <= 0 ? 0 : Random.Shared.Next(spreadMs + 1);
        if (jitter == 0) BeginEnd();
        else _upstream.SetDeadline(_reactor.NowMs + jitter);
    }

    /// <summary>Begins the end now.</summary>
    internal void BeginEnd()
    {
        if (_ending || _ended) return;
        _ending = true;
        _client.SetDeadline(_reactor.NowMs + GoodbyeMs);
        bool frames = _webSocket && !_toApp.Frames.IsBroken && !_toClient.Frames.IsBroken;
        if (!frames)
        {
            Shut(_toApp);
            Shut(_toClient);
            return;
        }

        if (_toApp.Frames.AtBoundary && !SendClose(_toApp)) return;
        if (_toClient.Frames.AtBoundary && !SendClose(_toClient)) return;
        PassFins();
    }

    private bool SendClose(TunnelDirection direction)
    {
        // Whoever has sent a close frame may send nothing after it; the other side has its goodbye already.
        if (direction.CloseSent || direction.SinkShut || direction.SourceEnded) return true;
        direction.CloseSent = true;
        if (direction.Frames.CloseSeen) return true;
        Span<byte> frame = stackalloc byte[8];
        uint? mask = direction.ToApp ? NewMaskingKey() : null;
        int length = WebSocketFrames.WriteClose(frame, GoingAway, mask);
        return Send(direction, frame[..length]);
    }

    /// <summary>RFC 6455 5.3: fresh for each frame and not to be foretold.</summary>
    private static uint NewMaskingKey()
    {
        Span<byte> key = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(key);
        return BitConverter.ToUInt32(key);
    }

    /// <summary>The frame under way is finished, then comes the close frame; what follows is dropped, but for noticing the peer's goodbye.</summary>
    private bool RelayUpToBoundary(TunnelDirection direction, ReadOnlySpan<byte> bytes)
    {
        if (!direction.CloseSent && !direction.Frames.IsBroken)
        {
            int passed = direction.Frames.Advance(bytes, stopAtBoundary: true);
            if (!Send(direction, bytes[..passed])) return false;
            bytes = bytes[passed..];
            if (direction.Frames.AtBoundary && !SendClose(direction)) return false;
        }

        direction.Frames.Advance(bytes, stopAtBoundary: false);
        return true;
    }

    /// <summary>A side that got its close frame and has said goodbye itself gets the FIN.</summary>
    private void ShutWhatHasSaidGoodbye()
    {
        if (_toClient.CloseSent && (_toApp.Frames.CloseSeen || _toApp.SourceEnded)) Shut(_toClient);
        if (_toApp.CloseSent && (_toClient.Frames.CloseSeen || _toClient.SourceEnded)) Shut(_toApp);
    }

    /// <summary>Cuts the tunnel because its time is over; counted unless it had been told goodbye and both sides have it.</summary>
    internal void Cut()
    {
        if (_ended) return;
        if (!(_toApp.CloseSent && _toClient.CloseSent)) _reactor.Counters.CutTunnels++;
        End(reset: false);
    }
}
