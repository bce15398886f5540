using System.Text.Json;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class ListCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private static FakeAdmin Daemon() => FakeAdmin.OnTcp(request => FakeAdmin.Json(200, request.StartsWith("GET /__status", StringComparison.Ordinal) ? Answers.Status : Answers.Metrics));

    private static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task List_NoInstance_SaysHowToMakeOne()
    {
        CommandRun run = await _sandbox.RunAsync("list");

        run.ExitCode.ShouldBe(0);
        run.Text.ShouldBe($"No instance yet in {_sandbox.Combine("config")}. The first one: portok add NAME");
        (await _sandbox.RunAsync("list", "--json")).OnlyJson().GetProperty("instances").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task List_OneUpOneDownOneFaultyOneWithAnotherToken_ShowsEach()
    {
        await using FakeAdmin up = Daemon();
        await using FakeAdmin refusing = FakeAdmin.OnTcp(_ => FakeAdmin.Json(401, Answers.Unauthorized));
        FakeSystemd.Install(_sandbox);
        await _sandbox.RunAsync("init");
        _sandbox.Instance("api", listenPort: up.Port, targetPort: 8080);
        _sandbox.Instance("bad", "LISTEN_PORT=3o01\nINITIAL_TARGET_PORT=8082\n");
        _sandbox.Instance("down", listenPort: 1, targetPort: 8083);
        _sandbox.Instance("other", listenPort: refusing.Port, targetPort: 8084);
        File.WriteAllText(_sandbox.Combine("systemd", "portok@api.service"), "active\n");
        File.WriteAllText(_sandbox.Combine("systemd", "portok@api.service.enabled"), "");

        CommandRun run = await _sandbox.RunAsync("list");

        run.ExitCode.ShouldBe(0, run.Error);
        string[] lines = [.. run.Text.Split('\n').Select(Squeezed)];
        lines[..5].ShouldBe((string[])
        [
            "Name Port Target Active Unit Health Last switch Req/s",
            $"api {up.Port} 8080 8081 active, enabled healthy 12 s ago 123.5",
            "bad ? 8082 – inactive file at fault – –",
            "down 1 8083 – inactive down – –",
            $"other {refusing.Port} 8084 – inactive token refused – –",
        ]);
        run.Out.ShouldContain("config/bad.env is at fault (portok edit bad):");
        run.Out.ShouldContain("LISTEN_PORT=3o01: must be");
        run.Out.ShouldContain("ADMIN_TOKEN is not set");
    }

    [Fact]
    public async Task List_Json_HasEveryKeyAndNullForWhatIsNotKnown()
    {
        _sandbox.Instance("down", listenPort: 1);

        JsonElement row = (await _sandbox.RunAsync("list", "--json")).OnlyJson().GetProperty("instances")[0];

        row.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["name", "listenPort", "targetPort", "activePort", "unit", "enabled", "healthy", "lastSwitch", "requestsPerSecond", "problem", "faults"]);
        row.GetProperty("activePort").ValueKind.ShouldBe(JsonValueKind.Null);
        row.GetProperty("unit").ValueKind.ShouldBe(JsonValueKind.Null);
        row.GetProperty("problem").GetString().ShouldBe("down");
    }

    [Fact]
    public async Task List_DaemonsThatHang_AreAskedAtTheSameTime()
    {
        await using FakeAdmin one = FakeAdmin.OnTcp(_ => "", held: true);
        await using FakeAdmin two = FakeAdmin.OnTcp(_ => "", held: true);
        await using FakeAdmin three = FakeAdmin.OnTcp(_ => "", held: true);
        _sandbox.Instance("one", listenPort: one.Port);
        _sandbox.Instance("two", listenPort: two.Port);
        _sandbox.Instance("three", listenPort: three.Port);

        Task<CommandRun> running = _sandbox.RunAsync("list", "--json");
        // None has answered, and yet all have been asked.
        await Portok.Testing.Poll.UntilAsync(() => one.Requests.Count + two.Requests.Count + three.Requests.Count == 3);

        JsonElement rows = (await running).OnlyJson().GetProperty("instances");
        rows.EnumerateArray().Select(r => r.GetProperty("problem").GetString()).ShouldBe(["no answer", "no answer", "no answer"]);
    }
}
