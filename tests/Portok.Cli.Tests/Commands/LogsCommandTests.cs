using System.Text.Json;
using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class LogsCommandTests : IDisposable
{
    private const string Entries = """
        echo '{"__REALTIME_TIMESTAMP":"1705314600000000","SYSLOG_IDENTIFIER":"systemd","PRIORITY":"6","MESSAGE":"Started portok@api.service."}'
        echo '{"__REALTIME_TIMESTAMP":"1705314601000000","SYSLOG_IDENTIFIER":"portokd","PRIORITY":"4","MESSAGE":"{\"time\":\"x\",\"level\":\"warn\",\"event\":3001,\"message\":\"said [so]\",\"error\":\"why\"}"}'
        echo 'no json'
        echo '{"__REALTIME_TIMESTAMP":"1705314602000000","SYSLOG_IDENTIFIER":"portokd","PRIORITY":"3","MESSAGE":[27,91,49,109,104,105]}'
        """;

    private readonly Sandbox _sandbox = new();

    public LogsCommandTests() => _sandbox.Instance("api");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Logs_TakesTheDaemonsJsonApart_AndNothingCanMoveTheCursor()
    {
        _sandbox.Programs.Add("journalctl", Entries);

        CommandRun run = await _sandbox.RunAsync("logs", "api", "-n", "7", "--since", "10 min ago");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Text.Split('\n').Select(l => l["2024-01-15 00:00:00 ".Length..]).ShouldBe(["info  systemd: Started portok@api.service.", "warn  said [so] (why)", "error ?[1mhi"]);
        _sandbox.Programs.Calls.ShouldHaveSingleItem().ShouldBe(
            "journalctl --no-pager --quiet --output=json --unit=portok@api.service --unit=portok@api.socket --lines=7 --since=10 min ago");
    }

    [Fact]
    public async Task Logs_Json_IsOneArray()
    {
        _sandbox.Programs.Add("journalctl", Entries);

        JsonElement json = (await _sandbox.RunAsync("logs", "api", "--json")).OnlyJson();

        json.GetArrayLength().ShouldBe(3);
        json[1].GetProperty("message").GetString().ShouldBe("said [so] (why)");
        json[1].GetProperty("record").GetProperty("event").GetInt32().ShouldBe(3001);
        json[0].GetProperty("time").GetString().ShouldBe("2024-01-15T10:30:00.000Z");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    public async Task Logs_Follow_EndsWithCtrlC(string json)
    {
        _sandbox.Programs.Add("journalctl", $"{Entries}\ntouch '{_sandbox.Combine("said")}'; exec sleep 600");
        using CancellationTokenSource stop = new();
        Task<CommandRun> running = CommandRun.InProcessAsync(["logs", "api", "-f", .. json.Split(' ', StringSplitOptions.RemoveEmptyEntries)], _sandbox.Environment, stop: stop.Token);
        await Poll.UntilAsync(() => File.Exists(_sandbox.Combine("said")));

        await stop.CancelAsync();
        CommandRun run = await running;

        run.ExitCode.ShouldBe(130);
        run.Error.ShouldBeEmpty();
        if (json.Length > 0)
        {
            run.OnlyJson().ValueKind.ShouldBe(JsonValueKind.Array);
        }
    }

    [Fact]
    public async Task Logs_JournalctlFails_SaysWhatItSaid()
    {
        _sandbox.Programs.Add("journalctl", "echo 'Failed to parse timestamp: nonsense' >&2; exit 1");

        CommandRun run = await _sandbox.RunAsync("logs", "api", "--since", "nonsense", "--json");

        run.ExitCode.ShouldBe(1);
        run.OnlyJson().GetProperty("message").GetString().ShouldBe("journalctl: Failed to parse timestamp: nonsense");
    }

    [Fact]
    public async Task Logs_Empty_SaysSo()
    {
        CommandRun run = await _sandbox.RunAsync("logs", "api");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("The journal has nothing of api");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task Logs_LinesThatAreNoNumber_AreWrongUse(string lines)
    {
        CommandRun run = await _sandbox.RunAsync("logs", "api", $"--lines={lines}");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain($"--lines '{lines}' is not a number from 0 to 1000000.");
    }
}
