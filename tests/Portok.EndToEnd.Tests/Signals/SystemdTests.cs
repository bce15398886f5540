using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Portok.EndToEnd.Tests.Signals;

/// <summary>What systemd and the daemon say to each other: sd_notify and LISTEN_FDS.</summary>
public sealed class SystemdTests
{
    [Fact]
    public async Task Notify_ReadyOnceItServes_StoppingOnceItStops()
    {
        using var folder = new TempFolder();
        string path = folder.Combine("notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        await using var instance = new TempInstance(app.Port, ("NOTIFY_SOCKET", path));
        PortokDaemon daemon = instance.Spawn();
        await HeardAsync(socket, "READY=1");
        (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("x", "ready means ready");
        daemon.Terminate();
        await HeardAsync(socket, "STOPPING=1");
        (await daemon.WaitForExitAsync()).ShouldBe(0, daemon.Transcript);
    }

    [Fact]
    public async Task ListenFds_SocketHandedOver_IsServedInsteadOfOneOfItsOwn()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        await using var instance = new TempInstance(app.Port);
        int port = FreePort.Next();
        await using var systemd = RunningProcess.Start(
            "node",
            [RepositoryRoot.Combine("tests", "apps", "node", "hand-over-socket.mjs"), port.ToString(CultureInfo.InvariantCulture), PortokBinary.Daemon],
            instance.Settings);
        await Poll.UntilAsync(() => Task.FromResult(!FreePort.IsFree(port) || systemd.HasExited), Patience.Long, "the socket to be opened");
        (await RawClient.AskOnceAsync(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("x", systemd.Transcript);
        FreePort.IsFree(instance.ListenPort).ShouldBeTrue("LISTEN_PORT is not opened besides");
        PosixSignals.Terminate(systemd.Id);
        (await systemd.WaitForExitAsync()).ShouldBe(0, systemd.Transcript);
    }

    private static async Task HeardAsync(Socket socket, string wanted)
    {
        byte[] buffer = new byte[4096];
        using var timeout = new CancellationTokenSource(Patience.Long);
        string message;
        do
        {
            int count = await socket.ReceiveAsync(buffer, SocketFlags.None, timeout.Token);
            message = Encoding.UTF8.GetString(buffer, 0, count);
        }
        while (!message.Split('\n').Contains(wanted));
    }
}
