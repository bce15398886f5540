using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Portok.Engine.Tests.Support;

/// <summary>
/// A network namespace of a test's own, with a loopback device and few ephemeral ports. A namespace is a thread's: what is
/// opened on that thread, and by threads it starts, lives in it, wherever it is used afterwards.
/// </summary>
internal static class OwnNetwork
{
    private const int NewNetwork = 0x40000000, Inet = 2, Datagram = 2;
    private const nuint SetInterfaceFlags = 0x8914;
    private const short Up = 1;

    /// <summary>Runs something in a new namespace whose ports for outgoing connections are these.</summary>
    /// <returns>What it opened; null where namespaces may not be made.</returns>
    internal static async Task<T?> OpenAsync<T>(int firstPort, int lastPort, Func<T> open)
        where T : class
    {
        var opened = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                if (NativeUnshare(NewNetwork) != 0)
                {
                    opened.SetResult(null);
                    return;
                }

                BringLoopbackUp();
                File.WriteAllText("/proc/sys/net/ipv4/ip_local_port_range", FormattableString.Invariant($"{firstPort} {lastPort}"));
                opened.SetResult(open());
            }
#pragma warning disable CA1031 // it is thrown to whoever waits
            catch (Exception fault)
#pragma warning restore CA1031
            {
                opened.SetException(fault);
            }
        });
        thread.Start();
        return await opened.Task;
    }

    private static void BringLoopbackUp()
    {
        int socket = NativeSocket(Inet, Datagram, 0);
        // struct ifreq: a name of 16 bytes, then the flags.
        byte[] request = new byte[40];
        "lo"u8.CopyTo(request);
        BitConverter.TryWriteBytes(request.AsSpan(16), Up);
        int result = NativeControl(socket, SetInterfaceFlags, request);
        int error = Marshal.GetLastPInvokeError();
        _ = NativeClose(socket);
        if (result != 0) throw new Win32Exception(error, "SIOCSIFFLAGS");
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeUnshare(int flags);

    [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSocket(int domain, int type, int protocol);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeControl(int descriptor, nuint request, byte[] argument);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int descriptor);
}
