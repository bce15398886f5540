using System.Text.Json;
using Portok.Cli.Files;
using Portok.Cli.Tests.Support;
using Portok.Settings;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class AddCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private IReadOnlyDictionary<string, string> Read(string instance) => EnvironmentFile.Parse(File.ReadAllText(_sandbox.Combine("config", instance + ".env"))).Variables;

    [Fact]
    public async Task Add_NameAlone_HasFreePortsATokenAndAFileTheDaemonAccepts()
    {
        CommandRun run = await _sandbox.RunAsync("add", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        IReadOnlyDictionary<string, string> file = Read("api");
        int.Parse(file["LISTEN_PORT"], null).ShouldBeInRange(3000, 3999);
        int.Parse(file["INITIAL_TARGET_PORT"], null).ShouldBeInRange(8000, 8999);
        file["ADMIN_TOKEN"].ShouldMatch("^[0-9a-f]{64}$");
        file["STATE_FILE"].ShouldBe(_sandbox.Combine("state", "api.json"));
        SettingsReader.Read(file).Faults.ShouldBeEmpty();
        Modes.Octal(File.GetUnixFileMode(_sandbox.Combine("config", "api.env"))).ShouldBe("0640");
        run.Out.ShouldContain($"Added api: port {file["LISTEN_PORT"]} → app at 127.0.0.1:{file["INITIAL_TARGET_PORT"]}, probed at /health");
        run.Out.ShouldNotContain(file["ADMIN_TOKEN"]);
    }

    [Fact]
    public async Task Add_WithUnitsInstalled_GivesTheSocketThePort()
    {
        FakeSystemd.Install(_sandbox);
        await _sandbox.RunAsync("init");

        CommandRun run = await _sandbox.RunAsync("add", "api", "--port", "3456", "--target", "8456", "--health", "/up?deep=1");

        run.ExitCode.ShouldBe(0, run.Error);
        File.ReadAllText(_sandbox.Combine("units", "portok@api.socket.d", "listen.conf")).ShouldContain("\nListenStream=3456\n");
        Read("api")["HEALTH_PATH"].ShouldBe("/up?deep=1");
    }

    [Fact]
    public async Task Add_NameThatIsThere_IsRefusedAndTheFileStays()
    {
        string file = _sandbox.Instance("api");
        string before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        CommandRun run = await _sandbox.RunAsync("add", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("There is an instance 'api' already");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task Add_Force_ReplacesTheFileAndKeepsTheToken()
    {
        _sandbox.Instance("api", token: "the-token-of-before-0123456789");

        CommandRun run = await _sandbox.RunAsync("add", "api", "--force", "--port", "3777");

        run.ExitCode.ShouldBe(0, run.Error);
        (Read("api")["LISTEN_PORT"], Read("api")["ADMIN_TOKEN"]).ShouldBe(("3777", "the-token-of-before-0123456789"));
    }

    [Theory]
    [InlineData("--port 3001", "Port 3001 belongs to the instance 'web'")]
    [InlineData("--port 8081", "Port 8081 belongs to the instance 'web'")]
    [InlineData("--target 3001", "Port 3001 is the public port of the instance 'web'")]
    public async Task Add_PortOfAnotherInstance_IsRefused(string options, string message)
    {
        _sandbox.Instance("web");

        CommandRun run = await _sandbox.RunAsync(["add", "api", .. options.Split(' ')]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
        _sandbox.Files.ShouldBe(["config/web.env"]);
    }

    [Fact]
    public async Task Add_PortThatSomethingListensOn_IsRefused()
    {
        await using FakeAdmin other = FakeAdmin.OnTcp(_ => "");

        CommandRun run = await _sandbox.RunAsync("add", "api", "--port", $"{other.Port}");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"Something listens on port {other.Port} already");
    }

    [Theory]
    [InlineData("add Api", "'Api' is no instance name: it must be 1 to 64 characters")]
    [InlineData("add ../etc", "'../etc' is no instance name")]
    [InlineData("add api --port 0", "'0' is no port")]
    [InlineData("add api --port 3333 --target 3333", "INITIAL_TARGET_PORT=3333: must be another port than LISTEN_PORT=3333")]
    [InlineData("add api --health health", "HEALTH_PATH=health: must be a path that begins with '/'")]
    [InlineData("add api --url http://x", "--url has no meaning for add.")]
    [InlineData("add api --prot 1", "There is no option '--prot'. Did you mean '--port'?")]
    public async Task Add_WrongUse_IsRefusedBeforeAnyFileIsTouched(string line, string message)
    {
        CommandRun run = await _sandbox.RunAsync(line.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
        run.Error.ShouldContain("Usage: portok add <name> [options]");
        _sandbox.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_SavedStateOfBefore_IsSpokenOf()
    {
        _sandbox.File("state/api.json", "{}");

        JsonElement json = (await _sandbox.RunAsync("add", "api", "--json")).OnlyJson();

        json.GetProperty("notes").EnumerateArray().Select(n => n.GetString()).ShouldContain(n => n!.Contains("its active port wins over INITIAL_TARGET_PORT"));
        json.TryGetProperty("token", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Add_NoFolder_SaysToInit()
    {
        Directory.Delete(_sandbox.Combine("config"));

        CommandRun run = await _sandbox.RunAsync("add", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("'portok init' makes it");
    }
}
