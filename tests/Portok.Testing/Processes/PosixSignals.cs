using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Portok.Testing;

/// <summary>Signals to processes that tests started.</summary>
public static class PosixSignals
{
    private const int SigHup = 1;
    private const int SigInt = 2;
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>SIGHUP: read the settings again.</summary>
    public static void HangUp(int processId) => Send(processId, SigHup);

    /// <summary>SIGINT.</summary>
    public static void Interrupt(int processId) => Send(processId, SigInt);

    /// <summary>SIGTERM: stop gracefully.</summary>
    public static void Terminate(int processId) => Send(processId, SigTerm);

    /// <summary>SIGKILL: gone at once, nothing of its own runs any more.</summary>
    public static void Kill(int processId) => Send(processId, SigKill);

    /// <summary>SIGSTOP: the process stands still, its sockets stay open.</summary>
    public static void Freeze(int processId) => Send(processId, SigStop);

    /// <summary>SIGCONT: ends <see cref="Freeze"/>.</summary>
    public static void Thaw(int processId) => Send(processId, SigCont);

    /// <exception cref="Win32Exception">No such process, or not ours to signal.</exception>
    private static void Send(int processId, int signal)
    {
        // kill(0) and kill(-n) address whole process groups: the tests' own among them.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(processId);
        if (NativeKill(processId, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"kill({processId}, {signal})");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
