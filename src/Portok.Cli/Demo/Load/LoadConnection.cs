using System.Net;
using System.Net.Sockets;

namespace Portok.Cli.Demo.Load;

/// <summary>
/// One kept-alive client connection on a bare socket, one request at a time. It never sends a request again: HttpClient does
/// on its own when a connection breaks, and would hide exactly the losses this load is there to count.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket;
    private byte[] _buffer = new byte[4096];

    private LoadConnection(Socket socket) => _socket = socket;

    public static async Task<LoadConnection> OpenAsync(EndPoint to, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellation).ConfigureAwait(false);
            return new LoadConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a whole request and reads its whole answer.</summary>
    /// <exception cref="InvalidDataException">The answer is not what it should be, or ends too soon.</exception>
    public async ValueTask<LoadResponse> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        for (ReadOnlyMemory<byte> left = request; !left.IsEmpty;)
        {
            left = left[await _socket.SendAsync(left, cancellation).ConfigureAwait(false)..];
        }

        int filled = 0;
        while (true)
        {
            if (filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            int read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                throw new InvalidDataException(filled == 0 ? "the connection was closed without an answer" : "the connection was closed in the middle of an answer");
            }

            filled += read;
            if (LoadResponse.Read(_buffer.AsSpan(0, filled)) is { } response)
            {
                return response.Length == filled ? response : throw new InvalidDataException("bytes after the end of an answer");
            }
        }
    }

    /// <summary>The body of the last answer; valid until the next exchange.</summary>
    public ReadOnlySpan<byte> Body(LoadResponse response) => _buffer.AsSpan(response.BodyStart, response.Length - response.BodyStart);

    public void Dispose() => _socket.Dispose();
}
