using Portok.Engine.Reactors;
using Portok.Http1;

namespace Portok.Engine.Tunnels;

/// <summary>One direction of a tunnel: from whom, to whom, and how far it has come.</summary>
internal sealed class TunnelDirection(Connection source, Connection sink, bool toApp)
{
    internal readonly Connection Source = source;
    internal readonly Connection Sink = sink;

    /// <summary>Client to app: frames in this direction are masked (RFC 6455 5.3).</summary>
    internal readonly bool ToApp = toApp;

    /// <summary>Frame boundaries, when the tunnel is a WebSocket.</summary>
    internal WebSocketFrames Frames;

    /// <summary>The source has sent its FIN.</summary>
    internal bool SourceEnded;

    /// <summary>FIN has been passed on to the sink.</summary>
    internal bool SinkShut;

    /// <summary>A close frame of Portok's own has been put into this direction: nothing else may follow.</summary>
    internal bool CloseSent;
}
