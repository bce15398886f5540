namespace Portok.Linux.Polling;

/// <summary>Opens the descriptors a reactor needs beside its sockets.</summary>
public static unsafe class Descriptors
{
    /// <summary>A new epoll instance, close-on-exec.</summary>
    public static SysResult CreateEpoll() => SysResult.Of(Libc.epoll_create1(Libc.EpollCloseOnExec));

    /// <summary>A new eventfd with counter 0, non-blocking and close-on-exec.</summary>
    public static SysResult CreateEventFd() => SysResult.Of(Libc.eventfd(0, Libc.EventFdNonBlock | Libc.EventFdCloseOnExec));

    /// <summary>Makes an eventfd readable. Any thread.</summary>
    public static void Signal(int eventFd)
    {
        ulong one = 1;
        _ = Libc.write(eventFd, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Takes an eventfd's counter back to 0.</summary>
    public static void Drain(int eventFd)
    {
        ulong count;
        _ = Libc.read(eventFd, (byte*)&count, sizeof(ulong));
    }

    /// <summary>A second descriptor of the same open file, close-on-exec.</summary>
    public static SysResult Duplicate(int fd) => SysResult.Of(Libc.fcntl(fd, Libc.FDupFdCloseOnExec, 0));

    /// <summary>Closes a descriptor.</summary>
    public static void Close(int fd) => _ = Libc.close(fd);
}
