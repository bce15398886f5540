using Portok.Testing;
using Shouldly;

namespace Portok.Settings.Tests;

public sealed class SettingsSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NoFile_UsesTheEnvironment()
        => new SettingsSource(Variables.Good(("LISTEN_PORT", "4000")), null).Read().Settings!.ListenPort.ShouldBe(4000);

    [Fact]
    public void Read_File_FillsWhatTheEnvironmentLacks()
    {
        string file = _folder.File("x.env", "LISTEN_PORT=4000\nDRAIN_MS=7\n");
        DaemonSettings settings = new SettingsSource(Variables.Good(("LISTEN_PORT", "5000")), file).Read().Settings!;
        settings.ListenPort.ShouldBe(5000);
        settings.Drain.TotalMilliseconds.ShouldBe(7);
    }

    [Fact]
    public void Read_ValueThatBothSayAtTheStart_FollowsTheFile()
    {
        string file = _folder.File("x.env", "DRAIN_MS=7\nHEALTH_PATH=/a\n");
        SettingsSource source = new(Variables.Good(("DRAIN_MS", "7"), ("HEALTH_PATH", "/b")), file);
        source.Read().Settings!.Drain.TotalMilliseconds.ShouldBe(7);
        _folder.File("x.env", "DRAIN_MS=8\nHEALTH_PATH=/c\n");
        DaemonSettings settings = source.Read().Settings!;
        settings.Drain.TotalMilliseconds.ShouldBe(8);
        settings.HealthPath.ShouldBe("/b");
    }

    [Fact]
    public void Read_LineRemovedFromTheFile_FallsBackToTheDefault()
    {
        string file = _folder.File("x.env", "DRAIN_MS=7\n");
        SettingsSource source = new(Variables.Good(("DRAIN_MS", "7")), file);
        source.Read();
        _folder.File("x.env", "");
        source.Read().Settings!.Drain.TotalMilliseconds.ShouldBe(30_000);
    }

    [Fact]
    public void Read_MissingFile_IsAFaultThatNamesIt()
    {
        SettingsReading reading = new SettingsSource(Variables.Good(), _folder.File("none.env")).Read();
        reading.Settings.ShouldBeNull();
        reading.Faults.ShouldHaveSingleItem().ShouldContain("none.env");
    }

    [Fact]
    public void Read_FileOfBytesThatAreNoText_IsAFault()
    {
        string file = _folder.File("x.env");
        File.WriteAllBytes(file, [0x41, 0x3d, 0xff, 0xfe, 0x0a]);
        new SettingsSource(Variables.Good(), file).Read().Faults.ShouldHaveSingleItem().ShouldContain("x.env");
    }

    [Fact]
    public void Read_OddLineInTheFile_WarnsWithFileAndLine()
        => new SettingsSource(Variables.Good(), _folder.File("x.env", "DRAIN_MS=7\nhello\nLISTEN_PROT=1\n")).Read().Warnings.ShouldBe(
        [
            $"{_folder.File("x.env")}, line 2 is no assignment (NAME=VALUE) and is ignored",
            "LISTEN_PROT is not a setting of portokd and does nothing; did you mean LISTEN_PORT?",
        ]);
}
