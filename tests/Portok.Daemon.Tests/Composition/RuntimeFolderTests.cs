using Portok.Daemon.Composition;
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
}
