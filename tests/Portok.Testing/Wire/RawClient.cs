using System.Net;
using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>A client on a bare socket: sends exactly what the test says, well-formed or not, and reads the exact bytes of the answer.</summary>
public sealed class RawClient : WireSocket
{
    private RawClient(Socket socket, bool keepAll)
        : base(socket, keepAll)
    {
    }

    /// <summary>Connects to 127.0.0.1.</summary>
    /// <param name="port">The port.</param>
    /// <param name="receiveBuffer">SO_RCVBUF in bytes (small for a client that is to read slowly or never); the system's when null.</param>
    /// <param name="keepAll">Keep every byte for <see cref="WireSocket.Received"/>; false for long transfers.</param>
    /// <exception cref="WireException">Nobody accepted in time.</exception>
    public static Task<RawClient> ConnectAsync(int port, int? receiveBuffer = null, bool keepAll = true)
        => ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), receiveBuffer, keepAll);

    /// <summary>Connects to a TCP or Unix socket address.</summary>
    /// <inheritdoc cref="ConnectAsync(int, int?, bool)"/>
    public static async Task<RawClient> ConnectAsync(EndPoint address, int? receiveBuffer = null, bool keepAll = true)
    {
        bool isUnix = address.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        if (receiveBuffer is { } size)
            socket.ReceiveBufferSize = size;
        using var timeout = new CancellationTokenSource(Patience.Normal);
        try
        {
            await socket.ConnectAsync(address, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw new WireException($"Could not connect to {address}: {fault.Message}", fault);
        }

        return new RawClient(socket, keepAll);
    }

    /// <summary>A client on a socket that somebody else connected (in another network namespace, say); the client owns it.</summary>
    public static RawClient Of(Socket connected, bool keepAll = true) => new(connected, keepAll);

    /// <summary>Reads the next response, a 1xx included, head and body by its framing.</summary>
    /// <param name="toHead">The request was HEAD: no body whatever the head says.</param>
    public Task<WireMessage> ReadResponseAsync(bool toHead = false)
        => ReadMessageAsync(endsAtClose: true, message => toHead || message.Status is 204 or 304 or (>= 100 and < 200));

    /// <summary>Sends a request and reads its response.</summary>
    public async Task<WireMessage> AskAsync(string request)
    {
        await SendAsync(request).ConfigureAwait(false);
        return await ReadResponseAsync(toHead: request.StartsWith("HEAD ", StringComparison.Ordinal)).ConfigureAwait(false);
    }

    /// <summary>Connects, sends a request, reads its response and closes.</summary>
    public static async Task<WireMessage> AskOnceAsync(int port, string request)
    {
        await using RawClient client = await ConnectAsync(port).ConfigureAwait(false);
        return await client.AskAsync(request).ConfigureAwait(false);
    }
}
