using Portok.Cli.Instances;
using Portok.Cli.Units;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Units;

public sealed class UnitFileTests
{
    [Theory]
    [InlineData(UnitFile.Service)]
    [InlineData(UnitFile.Socket)]
    public void Text_WithThePackagesChoices_IsTheFileOfTheSourceTree(string unit) =>
        UnitFile.Text(unit, UnitChoices.Packaged).ShouldBe(File.ReadAllText(RepositoryRoot.Combine("packaging", "systemd", unit)));

    [Fact]
    public void Text_OfAnotherProgram_ChangesOnlyWhatNamesIt()
    {
        string packaged = UnitFile.Text(UnitFile.Service, UnitChoices.Packaged);

        string text = UnitFile.Text(UnitFile.Service, UnitChoices.Packaged with { ExecPath = "/opt/my portok/100%/portokd" });

        LineDifference.Between(packaged, text).Where(l => l[0] != ' ').ShouldBe(
        [
            "-ExecStart=/usr/bin/portokd --env-file /etc/portok/%i.env",
            "+ExecStart=\"/opt/my portok/100%%/portokd\" --env-file /etc/portok/%i.env",
        ]);
        UnitFile.ExecPathOf(text).ShouldBe("/opt/my portok/100%/portokd");
        UnitFile.ExecPathOf(packaged).ShouldBe("/usr/bin/portokd");
    }

    [Fact]
    public void Text_UnderHomeWithMovedFolders_LetsTheDaemonReachThem()
    {
        UnitChoices choices = new("/home/USER/bin/portokd", UnderHome: true, new Folders("/srv/conf", "/srv/state", "/srv/units"));

        string[] lines = UnitFile.Text(UnitFile.Service, choices).Split('\n');

        lines.ShouldContain("ProtectHome=read-only", StringComparer.Ordinal);
        lines.ShouldContain("EnvironmentFile=/srv/conf/%i.env", StringComparer.Ordinal);
        lines.ShouldContain("ExecStart=/home/USER/bin/portokd --env-file /srv/conf/%i.env", StringComparer.Ordinal);
        lines.ShouldContain("ReadWritePaths=/srv/state", StringComparer.Ordinal);
        lines.ShouldNotContain(l => l.StartsWith("StateDirectory", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_OfTheSocketWithMovedFolders_LooksForItsDropInWhereItIsWritten()
    {
        Folders folders = new("/srv/conf", "/srv/state", "/srv/100%");
        UnitChoices choices = new("/usr/bin/portokd", UnderHome: false, folders);

        UnitFile.Text(UnitFile.Socket, choices).Split('\n').ShouldContain("ConditionPathExists=/srv/100%%/portok@%i.socket.d/listen.conf", StringComparer.Ordinal);
        new SocketDropIn(folders).FileOf("api").ShouldBe("/srv/100%/portok@api.socket.d/listen.conf");
    }

    [Fact]
    public void Text_OfABuildThatCompilesWhileItRuns_AllowsIt()
    {
        using TempFolder folder = new();
        folder.File("portokd.dll", "");

        string text = UnitFile.Text(UnitFile.Service, UnitChoices.Packaged with { ExecPath = folder.Combine("portokd") });

        text.Split('\n').ShouldContain("MemoryDenyWriteExecute=no", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("ExecStart=/usr/bin/node /usr/lib/portokd.mjs\n", "/usr/bin/node")]
    [InlineData("ExecStart=\nExecStart=-\"/opt/a b/portokd\" x\n", "/opt/a b/portokd")]
    [InlineData("[Service]\n", null)]
    public void ExecPathOf_ReadsWhatOthersWrote(string text, string? expected) => UnitFile.ExecPathOf(text).ShouldBe(expected);

    [Theory]
    [InlineData("/home/USER/portokd", true)]
    [InlineData("/root" + "/portokd", true)]
    [InlineData("/homes/portokd", false)]
    [InlineData("/usr/bin/portokd", false)]
    public void IsUnderHome_IsWhatProtectHomeHides(string path, bool under) => UnitChoices.IsUnderHome(path).ShouldBe(under);
}
