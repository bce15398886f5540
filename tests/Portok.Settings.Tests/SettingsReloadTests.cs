using Shouldly;

namespace Portok.Settings.Tests;

public class SettingsReloadTests
{
    [Fact]
    public void Compare_SameMeaning_IsNoChange()
    {
        SettingsReload reload = SettingsReload.Compare(
            Variables.Settings(("DRAIN_MS", "30000"), ("ADMIN_ALLOWLIST", "10.0.0.1/32"), ("LISTEN_HOST", "0::1")),
            Variables.Settings(("DRAIN_MS", "030000"), ("ADMIN_ALLOWLIST", "::ffff:10.0.0.1"), ("LISTEN_HOST", "::1")));
        reload.Followed.ShouldBeEmpty();
        reload.AfterRestart.ShouldBeEmpty();
    }

    [Fact]
    public void Compare_LiveAndFixedChanges_FollowsTheLiveOnesOnly()
    {
        SettingsReload reload = SettingsReload.Compare(
            Variables.Settings(("DRAIN_MS", "1"), ("LISTEN_PORT", "3001")),
            Variables.Settings(("DRAIN_MS", "2"), ("LISTEN_PORT", "3002"), ("ADMIN_UNIX_SOCKET", "/run/a")));
        reload.Followed.ShouldBe([new SettingDifference("DRAIN_MS", "1", "2")]);
        reload.AfterRestart.ShouldBe([new SettingDifference("LISTEN_PORT", "3001", "3002"), new SettingDifference("ADMIN_UNIX_SOCKET", "none", "/run/a")]);
        reload.Settings.Drain.TotalMilliseconds.ShouldBe(2);
        reload.Settings.ListenPort.ShouldBe(3001);
        reload.Settings.AdminUnixSocket.ShouldBeNull();
    }

    [Fact]
    public void Compare_FixedChangeNotFollowed_IsReportedAgainNextTime()
    {
        DaemonSettings fresh = Variables.Settings(("LISTEN_PORT", "3002"));
        SettingsReload first = SettingsReload.Compare(Variables.Settings(), fresh);
        SettingsReload.Compare(first.Settings, fresh).AfterRestart.ShouldBe([new SettingDifference("LISTEN_PORT", "3000", "3002")]);
    }

    [Fact]
    public void Compare_ChangedSecret_IsFollowedAndNotShown()
    {
        SettingsReload reload = SettingsReload.Compare(Variables.Settings(), Variables.Settings(("ADMIN_TOKEN", "another-secret-of-length")));
        reload.Followed.ShouldBe([new SettingDifference("ADMIN_TOKEN", "••••••", "••••••")]);
        reload.Settings.AdminToken.ShouldBe("another-secret-of-length");
    }

    [Theory]
    [InlineData("ADMIN_TOKEN", true)]
    [InlineData("ADMIN_ALLOWLIST", true)]
    [InlineData("ADMIN_RATE_LIMIT_PER_MINUTE", true)]
    [InlineData("MAX_BODY_BYTES", true)]
    [InlineData("HEALTH_TIMEOUT_MS", true)]
    [InlineData("SERVER_HEADERS_TIMEOUT", true)]
    [InlineData("LOG_LEVEL", true)]
    [InlineData("LISTEN_PORT", false)]
    [InlineData("STATE_FILE", false)]
    [InlineData("REACTORS", false)]
    [InlineData("ADMIN_UNIX_SOCKET", false)]
    public void Catalogue_SaysWhatMayChangeLive(string name, bool live)
        => SettingCatalogue.All.Single(d => d.Name == name).Change.ShouldBe(live ? SettingChange.Live : SettingChange.Restart);
}
