using System.Text.Json;
using Portok.Cli.Tests.Support;
using Portok.Settings;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

/// <summary>With a daemon that is started, reloaded and stopped by a script in systemd's place.</summary>
public sealed class TokenCommandTests : IAsyncLifetime
{
    private const string Old = "the-token-of-before-0123456789";
    private readonly Sandbox _sandbox = new();
    private readonly int _port = FreePort.Next();

    public async ValueTask InitializeAsync()
    {
        FakeSystemd.Install(
            _sandbox,
            onStart: $"case $unit in *.service) '{PortokBinary.Daemon}' --env-file '{_sandbox.Combine("config", "api.env")}' >'{_sandbox.Combine("log")}' 2>&1 </dev/null & echo $! >'{_sandbox.Combine("pid")}';; esac",
            onStop: $"case $unit in *.service) kill $(cat '{_sandbox.Combine("pid")}');; esac",
            onReload: $"kill -HUP $(cat '{_sandbox.Combine("pid")}')");
        await _sandbox.RunAsync("init");
        _sandbox.Instance("api", _port, FreePort.Next(), Old);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.RunAsync("stop", "api");
        if (File.Exists(_sandbox.Combine("pid")))
        {
            string pid = File.ReadAllText(_sandbox.Combine("pid")).Trim();
            await Poll.UntilAsync(() => !Directory.Exists($"/proc/{pid}"));
        }

        _sandbox.Dispose();
    }

    private string EnvFile => _sandbox.Combine("config", "api.env");

    private string Token() => EnvironmentFile.Parse(File.ReadAllText(EnvFile)).Variables["ADMIN_TOKEN"];

    private Task<CommandRun> StatusWithAsync(string token) => _sandbox.RunAsync("status", "--url", $"http://127.0.0.1:{_port}", "--token", token);

    [Fact]
    public async Task Rotate_RunningDaemon_TakesTheNewTokenAndRefusesTheOld_WithoutARestart()
    {
        CommandRun started = await _sandbox.RunAsync("start", "api");
        started.ExitCode.ShouldBe(0, started.Error);
        string pid = File.ReadAllText(_sandbox.Combine("pid"));

        CommandRun run = await _sandbox.RunAsync("token", "rotate", "api");

        run.ExitCode.ShouldBe(0, run.Error + File.ReadAllText(_sandbox.Combine("log")));
        run.Out.ShouldContain("api has a new token: the daemon takes it, and refuses the old one");
        run.Out.ShouldNotContain(Token());
        Token().ShouldMatch("^[0-9a-f]{64}$");
        (await StatusWithAsync(Token())).ExitCode.ShouldBe(0);
        (await StatusWithAsync(Old)).ExitCode.ShouldBe(4);
        File.ReadAllText(_sandbox.Combine("pid")).ShouldBe(pid);
    }

    [Fact]
    public async Task Rotate_DaemonThatDoesNotTakeIt_LeavesTheOldTokenInForce()
    {
        FakeSystemd.Install(_sandbox, onReload: ":");
        await _sandbox.RunAsync("init");
        await using FakeAdmin admin = FakeAdmin.OnTcp(request => request.Contains($"x-admin-token: {Old}", StringComparison.OrdinalIgnoreCase)
            ? FakeAdmin.Json(200, Answers.QuietStatus)
            : FakeAdmin.Json(401, Answers.Unauthorized));
        string file = _sandbox.Instance("api", admin.Port, 8081, Old);
        string before = File.ReadAllText(file);
        File.WriteAllText(_sandbox.Combine("systemd", "portok@api.service"), "active\n");

        CommandRun run = await _sandbox.RunAsync("token", "rotate", "api", "--json");

        run.ExitCode.ShouldBe(1);
        run.OnlyJson().GetProperty("message").GetString().ShouldBe($"The daemon did not take the new token (HTTP 401).\nThe old token is in {file} again and in force.");
        File.ReadAllText(file).ShouldBe(before);
        _sandbox.Programs.Calls.Count(c => c.Contains(" reload ", StringComparison.Ordinal)).ShouldBe(2);
        File.WriteAllText(_sandbox.Combine("systemd", "portok@api.service"), "inactive\n");
    }

    [Fact]
    public async Task Rotate_DaemonStopped_ChangesTheFileAlone()
    {
        JsonElement json = (await _sandbox.RunAsync("token", "rotate", "api", "--json")).OnlyJson();

        json.GetProperty("live").GetBoolean().ShouldBeFalse();
        Token().ShouldMatch("^[0-9a-f]{64}$");
    }

    [Fact]
    public async Task Rotate_DaemonThatSystemdDoesNotRun_IsRefusedAndTheFileStays()
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus));
        string file = _sandbox.Instance("api", admin.Port, 8081, Old);
        string before = File.ReadAllText(file);

        CommandRun run = await _sandbox.RunAsync("token", "rotate", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("runs, but not as a unit of systemd");
        File.ReadAllText(file).ShouldBe(before);
    }

    [Theory]
    [InlineData("token", "'token' needs one of: rotate.", "portok token <command> [options]")]
    [InlineData("token rotat", "There is no command 'token rotat'. Did you mean 'rotate'?", "portok token <command> [options]")]
    [InlineData("token rotate", "'rotate' needs <name>.", "portok token rotate <name> [options]")]
    public async Task Token_WrongUse_SaysWhat(string line, string message, string usage)
    {
        CommandRun run = await _sandbox.RunAsync(line.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldBe($"portok: {message}\nUsage: {usage}\n");
    }
}
