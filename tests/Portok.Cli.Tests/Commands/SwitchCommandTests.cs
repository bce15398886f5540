using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class SwitchCommandTests
{
    private static async Task<(CommandRun Run, string Request)> RunAsync(int status, string body, params string[] args)
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(status, body));
        CommandRun run = await CommandRun.InProcessAsync(["switch", .. args, "--url", admin.Url, "--token", "t"]);
        return (run, admin.Requests.Count == 1 ? admin.Requests[0] : "");
    }

    [Fact]
    public async Task Switch_Done_SaysFromAndTo()
    {
        (CommandRun run, string request) = await RunAsync(200, Answers.Switched, "8081");

        run.ShouldBe(new CommandRun(0, "✓ Switched 8080 → 8081 (probe: HTTP 200 in 3.1 ms)\n", ""));
        request.ShouldStartWith("POST /__switch?port=8081 HTTP/1.1\r\n");
    }

    [Fact]
    public async Task Switch_AllOptions_ReachTheDaemonEscaped()
    {
        (CommandRun run, string request) = await RunAsync(200, Answers.Switched, "8081", "--expect", "8080", "--reason", "release 2 & co ü@x", "--id", "ci/7#1");

        run.ExitCode.ShouldBe(0, run.Error);
        request.ShouldStartWith("POST /__switch?port=8081&expect=8080&reason=release%202%20%26%20co%20%C3%BC%40x&id=ci%2F7%231 HTTP/1.1\r\n");
    }

    [Fact]
    public async Task Switch_ReasonThatBeginsWithAt_IsNoResponseFile()
    {
        (CommandRun run, string request) = await RunAsync(200, Answers.Switched, "8081", "--reason", "@alice");

        run.ExitCode.ShouldBe(0, run.Error);
        request.ShouldContain("&reason=%40alice ");
    }

    [Fact]
    public async Task Switch_AlreadyActive_Is0AndSaysSo()
    {
        (CommandRun run, _) = await RunAsync(200, Answers.AlreadyActive, "8081");

        run.ShouldBe(new CommandRun(0, "✓ Port 8081 is already active (probe: HTTP 200 in 3.1 ms)\n", ""));
    }

    [Fact]
    public async Task Switch_ProbeFailed_Is1WithWhatTheProbeSaw()
    {
        (CommandRun run, _) = await RunAsync(409, Answers.ProbeFailed, "8081");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe("""
            portok: Health check failed: Port 8081 did not respond with 2xx at /health
            Probe: HTTP 503 in 13 ms
            Body: database is away

            """);
    }

    [Theory]
    [InlineData(200, Answers.Switched, 0)]
    [InlineData(409, Answers.ProbeFailed, 1)]
    [InlineData(401, Answers.Unauthorized, 4)]
    public async Task Switch_Json_IsTheDaemonsDocumentUnchanged(int status, string body, int exitCode)
    {
        (CommandRun run, _) = await RunAsync(status, body, "8081", "--json");

        run.ShouldBe(new CommandRun(exitCode, body + "\n", ""));
    }

    [Theory]
    [InlineData("--reason", 201)]
    [InlineData("--id", 129)]
    [InlineData("--id", 0)]
    public async Task Switch_TextOfTheWrongLength_IsRefusedHere(string option, int length)
    {
        (CommandRun run, string request) = await RunAsync(200, Answers.Switched, "8081", option, new string('x', length));

        run.ExitCode.ShouldBe(2);
        request.ShouldBeEmpty();
    }

    [Fact]
    public async Task Switch_LastsOverASecond_SaysSoOnStandardError()
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.Switched), held: true);
        using StringWriter output = new();
        using SignallingWriter error = new();
        Portok.Cli.CommandLine.CliHost host = new()
        {
            Out = output,
            Error = error,
            OutIsTerminal = false,
            ErrorIsTerminal = false,
            Environment = _ => null,
            Time = new FixedTime(),
        };

        Task<int> running = new Portok.Cli.CommandLine.PortokCommandLine(host).RunAsync(["switch", "8081", "--url", admin.Url]);
        await error.FirstLine.WaitAsync(TimeSpan.FromSeconds(20));
        running.IsCompleted.ShouldBeFalse();
        admin.Release();

        (await running.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(0);
        error.ToString().ShouldBe("Port 8081 is being probed…\n");
        output.ToString().ShouldStartWith("✓ Switched");
    }

    private sealed class SignallingWriter : StringWriter
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstLine => _first.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            _first.TrySetResult();
        }
    }
}
