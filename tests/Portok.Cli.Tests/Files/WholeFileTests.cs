using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Files;

public sealed class WholeFileTests
{
    [Fact]
    public void Write_OverAFile_ReplacesItWithModeAndContent_AndLeavesNothingElse()
    {
        using TempFolder folder = new();
        string file = folder.File("api.env", "old, and longer than the new one");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        WholeFile.Write(file, "new\n", Modes.EnvFile);

        File.ReadAllText(file).ShouldBe("new\n");
        Modes.Octal(File.GetUnixFileMode(file)).ShouldBe("0640");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([file]);
    }

    [Fact]
    public void Write_OverAFileThatIsOpen_LeavesItsReaderTheOldContent()
    {
        using TempFolder folder = new();
        string file = folder.File("api.env", "old");
        using StreamReader reader = new(File.OpenRead(file));

        WholeFile.Write(file, "new", Modes.EnvFile);

        reader.ReadToEnd().ShouldBe("old");
    }

    [Fact]
    public void Write_NoFolder_NamesIt()
    {
        using TempFolder folder = new();

        CommandFailure failure = Should.Throw<CommandFailure>(() => WholeFile.Write(folder.Combine("none", "api.env"), "x", Modes.EnvFile));

        failure.ExitCode.ShouldBe(1);
        failure.Message.ShouldContain($"there is no folder {folder.Combine("none")}");
    }

    [Fact]
    public void Write_FolderInPlaceOfTheFile_IsRefusedAndLeavesNoTemporaryFile()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder.Combine("api.env", "inside"));

        Should.Throw<CommandFailure>(() => WholeFile.Write(folder.Combine("api.env"), "x", Modes.EnvFile));

        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder.Combine("api.env")]);
    }
}
