using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portok.Differential.Judges;

/// <summary>Answers one client as Portok did: the recorded bytes, then the end as it was; a second request gets "next".</summary>
internal sealed class ReplayServer : IDisposable
{
    public const string NextBody = "next";

    private static readonly byte[] Next = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _bytes;
    private readonly bool _ends;
    private bool _played;

    public ReplayServer(byte[] bytes, bool ends)
    {
        (_bytes, _ends) = (bytes, ends);
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var received = new List<byte>();
                byte[] buffer = new byte[16 * 1024];
                int count;
                while ((count = await socket.ReceiveAsync(buffer)) > 0)
                {
                    received.AddRange(buffer.AsSpan(0, count));
                    if (Wire.MessageReader.Request(received.ToArray()) is not { IsComplete: true }) continue;
                    received.Clear();
                    bool first = !_played;
                    _played = true;
                    await socket.SendAsync(first ? _bytes : Next);
                    if (!first || !_ends) continue;
                    socket.Shutdown(SocketShutdown.Send);
                }
            }
            catch (SocketException)
            {
                // The client has gone.
            }
        }
    }
}
