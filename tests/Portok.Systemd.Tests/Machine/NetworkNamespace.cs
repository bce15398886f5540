using System.Collections.Concurrent;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Portok.Systemd.Tests.Machine;

/// <summary>
/// Makes connections inside another process's network. A namespace belongs to a thread, a socket stays in the namespace it was
/// made in: so one thread lives there and makes the sockets, and anybody uses them.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const int CloneNewNet = 0x40000000;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <param name="processId">A process in the network.</param>
    public NetworkNamespace(int processId)
    {
        _thread = new Thread(() => Live(processId)) { IsBackground = true, Name = $"network of {processId}" };
        _thread.Start();
    }

    /// <summary>Connects to 127.0.0.1 in there.</summary>
    /// <exception cref="WireException">Nobody listens.</exception>
    public Task<RawClient> ConnectAsync(int port)
    {
        TaskCompletionSource<RawClient> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                // On the loopback it is done, or refused, at once.
                socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
                done.SetResult(RawClient.Of(socket, keepAll: false));
            }
            catch (SocketException fault)
            {
                socket.Dispose();
                done.SetException(new WireException($"Could not connect to port {port} of the machine: {fault.SocketErrorCode}", fault));
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join(Patience.Normal);
        _work.Dispose();
    }

    private void Live(int processId)
    {
        using (SafeFileHandle network = File.OpenHandle($"/proc/{processId}/ns/net"))
        {
            if (SetNamespace((int)network.DangerousGetHandle(), CloneNewNet) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError(), $"setns to the network of {processId}");
        }

        foreach (Action work in _work.GetConsumingEnumerable())
            work();
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int descriptor, int kind);
}
