using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portok.Compare.Processes;

/// <summary>One request on a bare socket: HttpClient would add its own start to what is measured.</summary>
internal sealed class HttpRequest : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000 };

    public HttpRequest(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>Sends it and returns the beginning of the answer.</summary>
    public string Get(string path)
    {
        _socket.Send(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        byte[] buffer = new byte[1024];
        int count = _socket.Receive(buffer);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    public void Dispose() => _socket.Dispose();
}
