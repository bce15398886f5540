using System.Text;
using Microsoft.Extensions.Logging;
using Portok.Daemon.Composition;
using Portok.Daemon.Logging;
using Portok.Settings;
using Portok.Settings.Tests;
using Portok.Testing;
using Shouldly;

namespace Portok.Daemon.Tests.Composition;

public sealed class SettingsFollowerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MemoryStream _output = new();
    private readonly DaemonLoggerFactory _loggers;
    private readonly List<DaemonSettings> _applied = [];

    public SettingsFollowerTests()
        => _loggers = new(_output, new TextLogFormatter(TextLogTime.Journal, colour: false, TimeZoneInfo.Utc), TimeProvider.System, LogLevel.Information, verbose: false);

    public void Dispose()
    {
        _loggers.Dispose();
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Reload_LiveAndFixedChange_FollowsOneAndAnnouncesTheOther()
    {
        SettingsFollower follower = Follow("DRAIN_MS=1\nLISTEN_PORT=3001\n");
        _folder.File("x.env", "DRAIN_MS=2\nLISTEN_PORT=3002\nADMIN_TOKEN=another-long-enough-secret\n");
        follower.Reload();
        _applied.ShouldHaveSingleItem().Drain.TotalMilliseconds.ShouldBe(2);
        _applied[0].ListenPort.ShouldBe(3001);
        follower.Running.ShouldBe(_applied[0]);
        string[] lines = Logged();
        lines.ShouldBe(
        [
            "<6>DRAIN_MS is now 2; it was 1.",
            "<4>LISTEN_PORT was changed from 3001 to 3002, which needs a restart; 3001 stays in force until then.",
        ]);
    }

    [Fact]
    public void Reload_NothingChanged_SaysSoAndAppliesNothing()
    {
        Follow("DRAIN_MS=1\n").Reload();
        _applied.ShouldBeEmpty();
        Logged().ShouldBe(["<6>The settings were read again; nothing has changed."]);
    }

    [Fact]
    public void Reload_Faults_KeepTheOldSettingsAndNameEach()
    {
        SettingsFollower follower = Follow("DRAIN_MS=1\n");
        DaemonSettings before = follower.Running;
        _folder.File("x.env", "DRAIN_MS=never\nHEALTH_PATH=/new\nMAX_HEADERS=1\n");
        follower.Reload();
        _applied.ShouldBeEmpty();
        follower.Running.ShouldBe(before);
        Logged().ShouldBe(
        [
            "<3>The settings were read again and are at fault; the old ones stay in force: DRAIN_MS=never: must be a whole number of milliseconds from 0 to 86400000",
            "<3>The settings were read again and are at fault; the old ones stay in force: MAX_HEADERS=1: must be a whole number from 8 to 1024",
        ]);
    }

    [Fact]
    public void Reload_FileGone_KeepsTheOldSettings()
    {
        SettingsFollower follower = Follow("DRAIN_MS=1\n");
        File.Delete(_folder.File("x.env"));
        follower.Reload();
        _applied.ShouldBeEmpty();
        Logged().ShouldHaveSingleItem().ShouldContain("cannot be read");
    }

    [Fact]
    public void Reload_PartThatRefuses_KeepsWhatIsSaidToBeRunning()
    {
        SettingsSource source = new(Variables.Good(), _folder.File("x.env", "DRAIN_MS=1\n"));
        SettingsFollower follower = new(source, source.Read().Settings!, _ => throw new InvalidOperationException("no"), _loggers.CreateLogger("t"));
        _folder.File("x.env", "DRAIN_MS=2\n");
        follower.Reload();
        follower.Running.Drain.TotalMilliseconds.ShouldBe(1);
        Logged()[0].ShouldBe("<3>Changed settings could not be taken over");
    }

    [Fact]
    public void Reload_NoFileKnown_SaysHowToNameOne()
    {
        SettingsFollower follower = new(new SettingsSource(Variables.Good(), null), Variables.Settings(), _applied.Add, _loggers.CreateLogger("t"));
        follower.Reload();
        Logged().ShouldHaveSingleItem().ShouldContain("--env-file");
    }

    private SettingsFollower Follow(string file)
    {
        SettingsSource source = new(Variables.Good(), _folder.File("x.env", file));
        return new SettingsFollower(source, source.Read().Settings!, _applied.Add, _loggers.CreateLogger("t"));
    }

    private string[] Logged()
    {
        _loggers.Dispose();
        return Encoding.UTF8.GetString(_output.ToArray()).TrimEnd('\n').Split('\n');
    }
}
