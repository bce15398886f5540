using System.Text.Json;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.CommandLine;

public sealed class PortokCommandLineTests
{
    [Theory]
    [InlineData("", "A command is needed: status, metrics, switch, health, list, init, add, remove, start, stop, restart, enable, disable, logs, config, edit, token, doctor, clean, completion, demo.", "portok <command> [options]")]
    [InlineData("stauts", "There is no command 'stauts'. Did you mean 'status'?", "portok <command> [options]")]
    [InlineData("frobnicate", "There is no command 'frobnicate'.", "portok <command> [options]")]
    [InlineData("status --jsn", "There is no option '--jsn'. Did you mean '--json'?", "portok status [<instance>] [options]")]
    [InlineData("switch", "'switch' needs <port>.", "portok switch <port> [<instance>] [options]")]
    [InlineData("status --instance", "--instance needs a value: --instance NAME.", "portok status [<instance>] [options]")]
    [InlineData("switch 80 --expect", "--expect needs a value: --expect PORT.", "portok switch <port> [<instance>] [options]")]
    [InlineData("switch 0", "'0' is no port: a port is a number from 1 to 65535.", "portok switch <port> [<instance>] [options]")]
    [InlineData("switch 65536", "'65536' is no port: a port is a number from 1 to 65535.", "portok switch <port> [<instance>] [options]")]
    [InlineData("switch 80x", "'80x' is no port: a port is a number from 1 to 65535.", "portok switch <port> [<instance>] [options]")]
    [InlineData("switch -5", "There is no option '-5'.", "portok switch <port> [<instance>] [options]")]
    [InlineData("switch 80 --expect no", "'no' is no port: a port is a number from 1 to 65535.", "portok switch <port> [<instance>] [options]")]
    [InlineData("status a b", "'b' is one word too many for 'status'.", "portok status [<instance>] [options]")]
    [InlineData("status a --instance b", "Two instances are named: 'a' and --instance 'b'.", "portok status [<instance>] [options]")]
    [InlineData("status --timeout 0", "--timeout '0' is not a number of seconds from 0.01 to 3600.", "portok status [<instance>] [options]")]
    [InlineData("demo --token x", "--token has no meaning for demo: it starts a portokd of its own.", "portok demo [options]")]
    [InlineData("demo --rate 9", "--rate '9' is not a number from 10 to 100000.", "portok demo [options]")]
    public async Task Run_WrongUse_SaysWhatAndHow_AndExitsWith2(string line, string message, string usage)
    {
        CommandRun run = await CommandRun.InProcessAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        run.ExitCode.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe($"portok: {message}\nUsage: {usage}\n");
    }

    [Fact]
    public async Task Run_WrongUseWithJson_PrintsOneDocument()
    {
        CommandRun run = await CommandRun.InProcessAsync(["switch", "x", "--json"]);

        run.ExitCode.ShouldBe(2);
        JsonElement json = run.OnlyJson();
        json.GetProperty("error").GetString().ShouldBe("Wrong use");
        json.GetProperty("message").GetString().ShouldBe("'x' is no port: a port is a number from 1 to 65535.");
        json.GetProperty("usage").GetString().ShouldBe("portok switch <port> [<instance>] [options]");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("status --help")]
    [InlineData("metrics -h")]
    [InlineData("switch --help")]
    [InlineData("health --help")]
    [InlineData("demo --help")]
    [InlineData("list --help")]
    [InlineData("init --help")]
    [InlineData("add --help")]
    [InlineData("remove --help")]
    [InlineData("enable --help")]
    [InlineData("logs --help")]
    [InlineData("token --help")]
    [InlineData("token rotate --help")]
    public async Task Run_Help_FitsIn80ColumnsAndExplainsExitCodes(string line)
    {
        CommandRun run = await CommandRun.InProcessAsync(line.Split(' '));

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
        run.Out.ShouldContain("Usage: portok ");
        foreach (string code in (string[])["0 +done", "1 +unhealthy", "2 +wrong use", "3 +the daemon is out of reach", "4 +not allowed", "130 +interrupted"])
        {
            run.Out.ShouldMatch("\n  " + code);
        }
    }

    [Fact]
    public async Task Run_HelpOfDemo_LeavesOutWhatHasNoMeaningThere()
    {
        CommandRun run = await CommandRun.InProcessAsync(["demo", "--help"]);

        run.Out.ShouldContain("--stay");
        run.Out.ShouldNotContain("--url URL");
        run.Out.ShouldNotContain("--instance NAME");
    }

    [Fact]
    public async Task Run_Version_NamesProgramAndVersion()
    {
        CommandRun text = await CommandRun.InProcessAsync(["--version"]);
        CommandRun json = await CommandRun.InProcessAsync(["--version", "--json"]);

        text.ExitCode.ShouldBe(0);
        text.Text.ShouldMatch(@"^portok \d+\.\d+\.\d+(-[0-9a-z.-]+)?$");
        text.Text.ShouldBe("portok " + json.OnlyJson().GetProperty("version").GetString());
    }

    [Fact]
    public async Task Run_OptionsInFrontOfTheVerb_CountToo()
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus));

        CommandRun run = await CommandRun.InProcessAsync(["--json", "--url", admin.Url, "status"]);

        run.ExitCode.ShouldBe(0);
        run.OnlyJson().GetProperty("activePort").GetInt32().ShouldBe(8080);
    }

    [Fact]
    public async Task Run_WordsOfTheUserWithControlCharacters_CannotMoveTheCursor()
    {
        CommandRun run = await CommandRun.InProcessAsync(["sta\u001b[2Jtus"]);

        run.Error.ShouldNotContain('\u001b');
        run.Error.ShouldContain("'sta?[2Jtus'");
    }
}
