using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Portok.Admin.Sockets;

/// <summary>A Unix socket's place in the file system: made free and bound.</summary>
internal sealed class SocketFile(string path, UnixFileMode mode, ILogger logger)
{
    // sun_path of unix(7) has 108 bytes, one of them for the final zero.
    private const int MaxPathBytes = 107;

    // open(2) on a socket gives this error number, and on nothing else that is not a device.
    private const int Enxio = 6;

    public string Path { get; } = path;

    /// <summary>Takes away a socket that nothing listens on any more. Anything else in the way is an error.</summary>
    public void MakeFree()
    {
        int bytes = System.Text.Encoding.UTF8.GetByteCount(Path);
        if (bytes > MaxPathBytes)
            throw new AdminSocketException($"{Path} is too long for a socket: {bytes} bytes, at most {MaxPathBytes} are possible. Choose a shorter path.");
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
            throw new AdminSocketException($"The folder of {Path} does not exist. Create it, or choose another path.");
        if (!System.IO.Path.Exists(Path))
            return;

        if (Directory.Exists(Path) || !IsSocket())
            throw new AdminSocketException($"{Path} exists and is not a socket. Move it away, or choose another path.");
        if (SomebodyListens())
            throw new AdminSocketException($"Another process listens on {Path}. Stop it, or choose another path.");

        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AdminSocketException($"Nothing listens on {Path}, but it cannot be replaced: {e.Message}", e);
        }

        AdminLog.StaleSocketReplaced(logger, Path);
    }

    /// <summary>
    /// Binds, and sets the mode before anybody can connect: until listen(2) every connect is refused, so there is no
    /// moment with the wrong mode. The file goes when the socket is disposed: .NET sees to that for every path it bound,
    /// so nothing here removes it later, when it might be somebody else's already.
    /// </summary>
    public Socket Bind(EndPoint endpoint)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endpoint);
            File.SetUnixFileMode(Path, mode);
            return socket;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new AdminSocketException($"Cannot listen on {Path}: {e.Message}", e);
        }
    }

    private bool IsSocket()
    {
        try
        {
            // For writing too: that does not block on a FIFO.
            using FileStream file = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return false;
        }
        catch (IOException e) when (e.HResult == Enxio)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AdminSocketException($"{Path} exists and cannot be looked at: {e.Message}", e);
        }
    }

    private bool SomebodyListens()
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        // Not blocking: a listener whose queue is full would let connect(2) wait for ever.
        probe.Blocking = false;
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(Path));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable);
        }
    }
}
