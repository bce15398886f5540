using System.Net;
using System.Net.Sockets;

namespace Portok.Differential.Wire;

/// <summary>How a connection ended.</summary>
internal enum Ending
{
    Open,
    Closed,
    Reset,
}

/// <summary>A client's connection that keeps every byte it gets.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
    private volatile Ending _ending;

    private RawConnection()
    {
    }

    public ByteLog Received { get; } = new();

    public Ending Ending => _ending;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        try
        {
            await connection._socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
        }
        catch (SocketException fault)
        {
            throw new IOException($"nobody listens on port {port} any more: {fault.SocketErrorCode}", fault);
        }

        _ = connection.ReadAsync();
        return connection;
    }

    public Task<bool> SendAsync(byte[] bytes, IReadOnlyList<int> cuts) => PacedSend.SendAsync(_socket, bytes, cuts);

    public void HalfClose()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It has gone already.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await _socket.ReceiveAsync(buffer).ConfigureAwait(false)) > 0) Received.Add(buffer.AsSpan(0, count));
            _ending = Ending.Closed;
        }
        catch (SocketException)
        {
            _ending = Ending.Reset;
        }
        catch (ObjectDisposedException)
        {
            // Disposed: nobody looks any more.
        }
    }
}
