using System.Net.Sockets;
using Portok.Daemon.Composition;
using Portok.Testing;
using Shouldly;

namespace Portok.Daemon.Tests.Composition;

public sealed class RuntimeFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_RuntimeDirectoryOfTheServiceManager_IsUsedAndLeftEmpty()
    {
        using (RuntimeFolder folder = RuntimeFolder.Create($"{_folder.Path}:/nowhere"))
        {
            Path.GetDirectoryName(folder.Path).ShouldBe(_folder.Path);
            File.GetUnixFileMode(folder.Path).ShouldBe(OwnerOnly);
            File.WriteAllText(Path.Join(folder.Path, "left.sock"), "");
        }

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Create_NoServiceManager_MakesAPrivateFolderOfItsOwn(string? runtimeDirectory)
    {
        using RuntimeFolder one = RuntimeFolder.Create(runtimeDirectory);
        using RuntimeFolder other = RuntimeFolder.Create(runtimeDirectory);
        one.Path.ShouldNotBe(other.Path);
        File.GetUnixFileMode(one.Path).ShouldBe(OwnerOnly);
    }

    [Fact]
    public void Create_RuntimeDirectoryTooLongForASocket_IsPassedOver()
    {
        string longPath = Path.Join(_folder.Path, new string('x', 100));
        Directory.CreateDirectory(longPath);
        using RuntimeFolder folder = RuntimeFolder.Create(longPath);
        folder.Path.ShouldNotStartWith(longPath);
    }

    [Fact]
    public void Create_RuntimeDirectoryThatIsAFile_StopsTheStart()
        => Should.Throw<StartException>(() => RuntimeFolder.Create(_folder.File("file", "x"))).Message.ShouldStartWith("no folder for the internal admin socket");

    [Fact]
    public void SweepAbandoned_RemovesOnlyFoldersWhoseSocketNobodyAnswers()
    {
        DateTime later = DateTime.UtcNow + TimeSpan.FromMinutes(2);
        string dead = Directory.CreateDirectory(_folder.File("portokd-dead")).FullName;
        string alive = Directory.CreateDirectory(_folder.File("portokd-alive")).FullName;
        string foreign = Directory.CreateDirectory(_folder.File("portokd-foreign")).FullName;
        string starting = Directory.CreateDirectory(_folder.File("portokd-starting")).FullName;
        File.WriteAllText(Path.Join(foreign, "notes.txt"), "mine");
        LeaveSocket(dead);
        using Socket living = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        living.Bind(new UnixDomainSocketEndPoint(Path.Join(alive, "portok-admin-1.sock")));
        living.Listen();

        RuntimeFolder.SweepAbandoned(_folder.Path, DateTime.UtcNow);
        Directory.Exists(dead).ShouldBeTrue("a folder of the last minute may belong to a daemon that is starting");
        RuntimeFolder.SweepAbandoned(_folder.Path, later);

        Directory.GetDirectories(_folder.Path).Order(StringComparer.Ordinal).ShouldBe([alive, foreign, starting]);
    }

    // Closing a socket of .NET's removes its file; a renamed one stays, as after a kill.
    private static void LeaveSocket(string folder)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Join(folder, "bound")));
        File.Move(Path.Join(folder, "bound"), Path.Join(folder, "portok-admin-1.sock"));
    }
}
