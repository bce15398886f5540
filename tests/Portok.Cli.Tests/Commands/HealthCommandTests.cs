using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class HealthCommandTests
{
    private static async Task<CommandRun> RunAsync(int status, string body, params string[] more)
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(status, body));
        CommandRun run = await CommandRun.InProcessAsync(["health", "--url", admin.Url, .. more]);
        admin.Requests[0].ShouldStartWith("GET /__health HTTP/1.1\r\n");
        return run;
    }

    [Fact]
    public async Task Health_Healthy_Is0()
    {
        CommandRun run = await RunAsync(200, Answers.Healthy);

        run.ShouldBe(new CommandRun(0, "✓ Port 8080 is healthy: HTTP 200 in 0.50 ms\n", ""));
    }

    [Fact]
    public async Task Health_NotHealthy_Is1WithTheReason()
    {
        CommandRun run = await RunAsync(503, Answers.Unhealthy);

        run.ShouldBe(new CommandRun(1, "✗ Port 8080 is not healthy: no whole answer in 5.00 s\n", ""));
    }

    [Theory]
    [InlineData(200, Answers.Healthy, 0)]
    [InlineData(503, Answers.Unhealthy, 1)]
    public async Task Health_Json_IsTheDaemonsDocumentUnchanged(int status, string body, int exitCode)
    {
        CommandRun run = await RunAsync(status, body, "--json");

        run.ShouldBe(new CommandRun(exitCode, body + "\n", ""));
    }

    [Fact]
    public async Task Health_UnauthorizedIsNotUnhealthy()
    {
        CommandRun run = await RunAsync(401, Answers.Unauthorized);

        run.ExitCode.ShouldBe(4);
        run.Error.ShouldStartWith("portok: Unauthorized: Send the admin token\n");
    }
}
