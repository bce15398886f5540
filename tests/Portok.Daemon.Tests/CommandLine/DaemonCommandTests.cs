using Portok.Daemon.CommandLine;
using Shouldly;

namespace Portok.Daemon.Tests.CommandLine;

public class DaemonCommandTests
{
    [Fact]
    public void Parse_Nothing_Runs() => DaemonCommand.Parse([]).ShouldBe(new DaemonCommand(DaemonVerb.Run));

    [Fact]
    public void Parse_EnvFile_InBothForms()
    {
        DaemonCommand.Parse(["--env-file", "/etc/x.env"]).ShouldBe(new DaemonCommand(DaemonVerb.Run, "/etc/x.env"));
        DaemonCommand.Parse(["--check", "--env-file=/etc/x.env"]).ShouldBe(new DaemonCommand(DaemonVerb.Check, "/etc/x.env"));
    }

    [Fact]
    public void Parse_Verbs_AreUnderstood()
    {
        DaemonCommand.Parse(["--help"]).Verb.ShouldBe(DaemonVerb.Help);
        DaemonCommand.Parse(["-h"]).Verb.ShouldBe(DaemonVerb.Help);
        DaemonCommand.Parse(["--version"]).Verb.ShouldBe(DaemonVerb.Version);
        DaemonCommand.Parse(["settings"]).Verb.ShouldBe(DaemonVerb.ListSettings);
        DaemonCommand.Parse(["settings", "--markdown"]).Verb.ShouldBe(DaemonVerb.ListSettingsAsMarkdown);
        DaemonCommand.Parse(["settings", "--man"]).Verb.ShouldBe(DaemonVerb.SettingsManual);
        DaemonCommand.Parse(["man"]).Verb.ShouldBe(DaemonVerb.Manual);
    }

    [Theory]
    [InlineData("--chekc")]
    [InlineData("run")]
    [InlineData("")]
    [InlineData("--env-file")]
    [InlineData("--env-file=")]
    [InlineData("settings --json")]
    [InlineData("settings --markdown more")]
    [InlineData("man more")]
    [InlineData("--check more")]
    public void Parse_WrongUse_SaysWhatIsWrong(string line)
    {
        DaemonCommand command = DaemonCommand.Parse(line.Split(' '));
        command.Verb.ShouldBe(DaemonVerb.WrongUse);
        command.Problem.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Parse_HostileArgument_IsEscaped() => DaemonCommand.Parse(["\e[2J"]).Problem.ShouldBe("unknown argument '\\u001b[2J'");

    [Fact]
    public void Help_NamesEverySettingAndExitCode()
    {
        string help = HelpText.Whole();
        help.ShouldContain("Exit codes:\n  0  ");
        help.ShouldContain("ROLLBACK_FAIL_THRESHOLD");
        help.ShouldContain(DaemonCommand.Usage);
    }
}
