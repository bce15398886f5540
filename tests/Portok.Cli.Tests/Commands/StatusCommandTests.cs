using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class StatusCommandTests
{
    private static async Task<CommandRun> RunAsync(string answer, params string[] more)
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => answer);
        CommandRun run = await CommandRun.InProcessAsync(["status", "--url", admin.Url, "--token", "t", .. more]);
        admin.Requests.Count.ShouldBe(1);
        admin.Requests[0].ShouldStartWith("GET /__status HTTP/1.1\r\n");
        return run;
    }

    [Fact]
    public async Task Status_ForPeople_IsAlignedLocalAndRelative()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(200, Answers.Status));

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Text.ShouldBe("""
            api  portokd 2.0.0, up 3 d 4 h

            Active port   8081
            Last switch   8080 → 8081, 2024-01-15 12:30:00 (12 s ago), manual
            Draining      8080: 3 requests, 1 tunnel, until 12:30:30 (in 18 s)
            Rollback      armed, back to 8080, until 12:31:00 (in 48 s), 1 failed probe
            """);
        run.Text.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Status_BeforeAnySwitch_SaysSo()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(200, Answers.QuietStatus));

        run.Text.ShouldBe("""
            default  portokd 2.0.0, up 5 s

            Active port   8080
            Last switch   none yet
            Draining      nothing, no old work is left
            Rollback      not armed
            """);
    }

    [Fact]
    public async Task Status_Json_IsTheDaemonsDocumentUnchanged()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(200, Answers.Status), "--json");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldBe(Answers.Status + "\n");
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401, 4)]
    [InlineData(403, 4)]
    [InlineData(429, 4)]
    [InlineData(500, 1)]
    public async Task Status_ErrorAnswer_HasItsExitCodeAndWords(int status, int exitCode)
    {
        const string body = """{"error":"Short","message":"What to do"}""";
        CommandRun text = await RunAsync(FakeAdmin.Json(status, body));
        CommandRun json = await RunAsync(FakeAdmin.Json(status, body), "--json");

        text.ExitCode.ShouldBe(exitCode);
        text.Out.ShouldBeEmpty();
        text.Error.ShouldStartWith("portok: Short: What to do\n");
        json.ExitCode.ShouldBe(exitCode);
        json.Out.ShouldBe(body + "\n");
        json.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Status_Unauthorized_SaysWhereATokenComesFrom()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(401, Answers.Unauthorized));

        run.Error.ShouldContain("--token, PORTOK_TOKEN or the file of --instance NAME");
    }

    [Fact]
    public async Task Status_RateLimited_SaysOnceWhenToTryAgain()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(429, """{"error":"Too many requests","message":"More than 10 admin requests a minute. Ask again in 42 s."}""", "retry-after: 42\r\n"));

        run.ShouldBe(new CommandRun(4, "", "portok: Too many requests: More than 10 admin requests a minute. Ask again in 42 s.\n"));
    }

    [Fact]
    public async Task Status_ControlCharactersFromTheDaemon_CannotMoveTheCursor()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(200, Answers.Status.Replace("\"manual\"", "\"\\u001b[2J[red]x[/]\"", StringComparison.Ordinal)));

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldNotContain('\u001b');
        run.Out.ShouldContain("?[2J[red]x[/]");
    }

    [Fact]
    public async Task Status_OnATerminal_IsColoured_UnlessNoColorIsSet()
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.Status));
        string[] args = ["status", "--url", admin.Url];

        CommandRun coloured = await CommandRun.InProcessAsync(args, Env.Of(("TERM", "xterm-256color")), terminal: true);
        CommandRun plain = await CommandRun.InProcessAsync(args, Env.Of(("TERM", "xterm-256color"), ("NO_COLOR", "1")), terminal: true);
        CommandRun dumb = await CommandRun.InProcessAsync(args, Env.Of(("TERM", "dumb")), terminal: true);
        CommandRun piped = await CommandRun.InProcessAsync(args, Env.Of(("TERM", "xterm-256color")));

        coloured.Out.ShouldMatch("\u001b\\[32m8081");
        plain.Out.ShouldNotMatch("\u001b\\[[0-9;]*3[0-9]");
        dumb.Out.ShouldNotContain('\u001b');
        piped.Out.ShouldNotContain('\u001b');
    }
}
