using System.Net;
using System.Net.Sockets;

namespace Portok.Engine.Tests.Support;

/// <summary>A port that refuses connections and that nobody else can take meanwhile: bound, but not listening.</summary>
internal sealed class PortOfNobody : IDisposable
{
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal PortOfNobody() => _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    internal int Port => ((IPEndPoint)_bound.LocalEndPoint!).Port;

    public void Dispose() => _bound.Dispose();
}
