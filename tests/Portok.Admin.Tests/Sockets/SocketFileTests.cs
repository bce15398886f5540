using System.Diagnostics;
using System.Net.Sockets;
using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Sockets;

/// <summary>What stands in the way of a socket is replaced only when it is a socket on which nothing listens.</summary>
public class SocketFileTests
{
    [Fact]
    public async Task StaleSocket_IsReplaced_AndTheLogSaysSo()
    {
        await using var admin = new AdminUnderTest();
        string path = admin.Settings.UnixSocketPath!;
        LeaveStaleSocket(path);
        await admin.Server.StartAsync(CancellationToken.None);
        (await admin.UnixAsync("GET", "/__status")).Status.ShouldBe(200);
        admin.Log.Texts(2002).ShouldHaveSingleItem().ShouldContain(path);
    }

    [Fact]
    public async Task StalePrivateSocket_IsReplaced()
    {
        await using var admin = new AdminUnderTest();
        Directory.CreateDirectory(admin.Settings.PrivateSocketDirectory);
        LeaveStaleSocket(admin.Server.PrivateSocketPath);
        await admin.Server.StartAsync(CancellationToken.None);
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Socket_OnWhichSomebodyListens_StaysAsItIs()
    {
        await using var admin = new AdminUnderTest();
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(admin.Settings.UnixSocketPath!));
        other.Listen();

        AdminSocketException refusal = await RefusalOf(admin);
        refusal.Message.ShouldContain(admin.Settings.UnixSocketPath!);
        refusal.Message.ShouldContain("Another process listens");

        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(admin.Settings.UnixSocketPath!));
        File.Exists(admin.Server.PrivateSocketPath).ShouldBeFalse();
    }

    [Fact]
    public async Task Socket_WhoseListenerIsBusy_StaysAsItIs()
    {
        await using var admin = new AdminUnderTest();
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var endpoint = new UnixDomainSocketEndPoint(admin.Settings.UnixSocketPath!);
        other.Bind(endpoint);
        other.Listen(0);
        using var first = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        first.Connect(endpoint);

        (await RefusalOf(admin)).Message.ShouldContain("Another process listens");
    }

    [Fact]
    public async Task File_ThatIsNoSocket_StaysAsItIs()
    {
        await using var admin = new AdminUnderTest();
        string path = admin.Settings.UnixSocketPath!;
        await File.WriteAllTextAsync(path, "precious");
        (await RefusalOf(admin)).Message.ShouldContain("not a socket");
        (await File.ReadAllTextAsync(path)).ShouldBe("precious");
    }

    [Fact]
    public async Task Fifo_StaysAsItIs_AndDoesNotHangTheStart()
    {
        await using var admin = new AdminUnderTest();
        using (Process mkfifo = Process.Start("mkfifo", admin.Settings.UnixSocketPath!))
            await mkfifo.WaitForExitAsync();
        (await RefusalOf(admin).WaitAsync(TimeSpan.FromSeconds(10))).Message.ShouldContain("not a socket");
        File.Exists(admin.Settings.UnixSocketPath!).ShouldBeTrue();
    }

    [Fact]
    public async Task Folder_InTheWay_IsRefused()
    {
        await using var admin = new AdminUnderTest();
        Directory.CreateDirectory(admin.Settings.UnixSocketPath!);
        (await RefusalOf(admin)).Message.ShouldContain("not a socket");
    }

    [Fact]
    public async Task LinkToNowhere_IsRefused_AndThePrivateSocketIsNotLeftBehind()
    {
        await using var admin = new AdminUnderTest();
        File.CreateSymbolicLink(admin.Settings.UnixSocketPath!, "/nowhere/at/all");
        (await RefusalOf(admin)).Message.ShouldContain(admin.Settings.UnixSocketPath!);
        File.Exists(admin.Server.PrivateSocketPath).ShouldBeFalse();
        new FileInfo(admin.Settings.UnixSocketPath!).LinkTarget.ShouldBe("/nowhere/at/all");
    }

    [Fact]
    public async Task Folder_Missing_IsSaid()
    {
        await using var admin = new AdminUnderTest(s => s with { UnixSocketPath = s.UnixSocketPath!.Replace("admin.sock", "none/admin.sock") });
        (await RefusalOf(admin)).Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task Path_TooLong_IsSaid()
    {
        await using var admin = new AdminUnderTest(s => s with { UnixSocketPath = s.UnixSocketPath + new string('x', 100) });
        (await RefusalOf(admin)).Message.ShouldContain("107");
    }

    [Fact]
    public async Task PrivateFolder_ThatCannotBeMade_IsSaid()
    {
        await using var admin = new AdminUnderTest(s => s with { PrivateSocketDirectory = "/proc/none/private" });
        (await RefusalOf(admin)).Message.ShouldContain("/proc/none/private");
    }

    [Fact]
    public async Task Socket_ThatIsTakenAway_DoesNotTroubleTheStop()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        File.Delete(admin.Settings.UnixSocketPath!);
        await admin.Server.StopAsync(CancellationToken.None);
    }

    private static Task<AdminSocketException> RefusalOf(AdminUnderTest admin) =>
        Should.ThrowAsync<AdminSocketException>(() => admin.Server.StartAsync(CancellationToken.None));

    // What a killed process leaves: .NET removes the file when it closes the socket itself, so it is moved there.
    private static void LeaveStaleSocket(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string bound = path + ".0";
        socket.Bind(new UnixDomainSocketEndPoint(bound));
        File.Move(bound, path);
    }
}
