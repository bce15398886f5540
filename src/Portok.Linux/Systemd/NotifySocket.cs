using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Portok.Linux.Systemd;

/// <summary>
/// Tells the service manager about this process (sd_notify(3)): one datagram a message, to the Unix socket named in
/// NOTIFY_SOCKET. Any thread. Nothing here throws: a manager that cannot be reached must not stop the service.
/// </summary>
public sealed class NotifySocket : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;

    private NotifySocket(Socket? socket, UnixDomainSocketEndPoint? manager)
    {
        _socket = socket;
        _manager = manager;
    }

    /// <summary>True when there is a manager to tell; otherwise every call does nothing.</summary>
    public bool IsConnected => _socket is not null;

    /// <param name="address">The value of NOTIFY_SOCKET: a path, or "@name" for an abstract socket; null or another kind: nobody is told.</param>
    public static NotifySocket Open(string? address)
    {
        if (string.IsNullOrEmpty(address) || address[0] is not ('/' or '@'))
        {
            return new NotifySocket(null, null);
        }

        try
        {
            UnixDomainSocketEndPoint manager = new(address[0] == '@' ? "\0" + address[1..] : address);
            // A manager that stopped reading must not stop the service: give up a message after a short while.
            return new NotifySocket(new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = 500 }, manager);
        }
        catch (Exception problem) when (problem is SocketException or ArgumentException)
        {
            return new NotifySocket(null, null);
        }
    }

    /// <summary>Start-up is finished.</summary>
    /// <param name="status">One line for systemctl status.</param>
    public bool Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    /// <summary>The settings are read again; <see cref="Ready"/> must follow.</summary>
    /// <param name="monotonicMicroseconds">CLOCK_MONOTONIC now; Type=notify-reload needs it.</param>
    public bool Reloading(long monotonicMicroseconds)
        => Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={monotonicMicroseconds}"));

    /// <summary>The stop has begun.</summary>
    public bool Stopping(string status) => Send($"STOPPING=1\nSTATUS={OneLine(status)}");

    /// <summary>One line for systemctl status.</summary>
    public bool Status(string status) => Send($"STATUS={OneLine(status)}");

    /// <summary>The process is alive.</summary>
    public bool Watchdog() => Send("WATCHDOG=1");

    /// <summary>Asks for more time to stop or start.</summary>
    public bool ExtendTimeout(TimeSpan time)
        => Send(string.Create(CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={(long)time.TotalMicroseconds}"));

    /// <inheritdoc />
    public void Dispose() => _socket?.Dispose();

    // A line end would begin another assignment of the protocol.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\n', ' ');

    private bool Send(string message)
    {
        if (_socket is null || _manager is null)
        {
            return false;
        }

        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(message), SocketFlags.None, _manager);
            return true;
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
