using System.Net.Sockets;
using System.Text;
using Portok.Testing;

namespace Portok.Daemon.Tests.Systemd;

/// <summary>A service manager's end of the notify protocol: a real Unix datagram socket.</summary>
internal sealed class FakeManager : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly TempFolder _folder = new();

    public FakeManager()
    {
        Address = _folder.File("notify");
        _socket.Bind(new UnixDomainSocketEndPoint(Address));
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
    }

    public string Address { get; }

    /// <summary>True when nothing has been sent that was not yet received. Sending is synchronous, so no wait is needed.</summary>
    public bool IsQuiet => _socket.Available == 0;

    public string Receive()
    {
        byte[] message = new byte[4096];
        return Encoding.UTF8.GetString(message, 0, _socket.Receive(message));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }
}
