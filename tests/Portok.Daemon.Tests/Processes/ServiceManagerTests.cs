using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Portok.Daemon.Tests.Systemd;
using Portok.Settings.Tests;
using Portok.Testing;
using Shouldly;

namespace Portok.Daemon.Tests.Processes;

/// <summary>portokd as a service manager starts it: told where to report, and handed its public port.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly Portok.Testing.TempFolder _folder = new();
    private readonly FakeManager _manager = new();

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_HandedSocketAndNotifySocket_ServesItReportsAndLeavesItOpen()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("from the app")));
        using Socket handed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        handed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        handed.Listen();
        int port = ((IPEndPoint)handed.LocalEndPoint!).Port;
        await using RunningProcess daemon = StartWith(handed, app.Port);

        _manager.Receive().ShouldBe($"READY=1\nSTATUS=port {port} goes to {app.Port}: 0 requests and 0 tunnels in flight");
        Next("WATCHDOG=1").ShouldBe("WATCHDOG=1");
        using HttpClient client = new();
        (await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"))).ShouldBe("from the app");

        PosixSignals.HangUp(daemon.Id);
        Next("RELOADING=1").ShouldMatch("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$");
        Next("READY=1").ShouldStartWith("READY=1\nSTATUS=port");

        PosixSignals.Terminate(daemon.Id);
        Next("STOPPING=1").ShouldStartWith("STOPPING=1\nSTATUS=stopping");
        Next("EXTEND_TIMEOUT_USEC").ShouldBe("EXTEND_TIMEOUT_USEC=33000000");
        (await daemon.WaitForExitAsync()).ShouldBe(0, daemon.Transcript);
        Directory.EnumerateFileSystemEntries(_folder.Combine("run")).ShouldBeEmpty();

        // The manager's socket still listens: who comes now waits for the next daemon instead of being refused.
        using Socket waiting = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await waiting.ConnectAsync(IPAddress.Loopback, port);
    }

    [Fact]
    public async Task Run_WatchdogAsked_KeepsBeating()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        using Socket handed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        handed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        handed.Listen();
        await using RunningProcess daemon = StartWith(handed, app.Port, watchdogMicroseconds: 200_000);
        for (int beat = 0; beat < 5; beat++)
        {
            Next("WATCHDOG=1").ShouldBe("WATCHDOG=1");
        }
    }

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int DuplicateForChildren(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    /// <summary>The next message of a kind; others, whose moment is not fixed, are passed over.</summary>
    private string Next(string start)
    {
        while (true)
        {
            string message = _manager.Receive();
            if (message.StartsWith(start, StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    // A shell stands in for the manager's fork: it puts the socket at descriptor 3 and knows the process id before exec.
    private RunningProcess StartWith(Socket handed, int target, long watchdogMicroseconds = 60_000_000)
    {
        Directory.CreateDirectory(_folder.Combine("run"));
        Dictionary<string, string?> environment = new(StringComparer.Ordinal)
        {
            ["LISTEN_FDS"] = "1",
            ["LISTEN_FDNAMES"] = "http",
            ["NOTIFY_SOCKET"] = _manager.Address,
            ["WATCHDOG_USEC"] = watchdogMicroseconds.ToString(CultureInfo.InvariantCulture),
            ["RUNTIME_DIRECTORY"] = _folder.Combine("run"),
            ["LISTEN_PORT"] = ((IPEndPoint)handed.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture),
            ["INITIAL_TARGET_PORT"] = target.ToString(CultureInfo.InvariantCulture),
            ["ADMIN_TOKEN"] = Variables.Token,
            ["STATE_FILE"] = _folder.Combine("state.json"),
            ["PORTOK_ENV_FILE"] = null,
        };
        int inherited = DuplicateForChildren((int)handed.SafeHandle.DangerousGetHandle());
        try
        {
            return RunningProcess.Start(
                "bash", ["-c", $"exec 3<&{inherited}; exec {inherited}<&-; export LISTEN_PID=$$; exec dotnet \"$0\"", Path.Join(AppContext.BaseDirectory, "portokd.dll")], environment);
        }
        finally
        {
            _ = Close(inherited);
        }
    }
}
