using System.Net;
using System.Net.Sockets;
using Portok.Settings;
using Portok.Settings.Tests;
using Portok.Testing;
using Shouldly;

namespace Portok.Daemon.Tests.Processes;

public sealed class PortokdProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_BadSettings_NamesEachExits2AndWritesNothing()
    {
        (int code, string output, string error) = await Portokd.RunAsync([], new Dictionary<string, string>
        {
            ["LISTEN_PORT"] = "0",
            ["ADMIN_TOKEN"] = "tell\tnobody",
            ["STATE_FILE"] = _folder.File("state/x.json"),
            ["ADMIN_UNIX_SOCKET"] = _folder.File("admin.sock"),
            ["LISTEN_PROT"] = "1",
            ["TMPDIR"] = _folder.Path,
        }, _folder.Path);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldNotContain("nobody");
        error.TrimEnd('\n').Split('\n').ShouldBe(
        [
            "portokd: LISTEN_PORT=0: must be a whole number from 1 to 65535",
            "portokd: INITIAL_TARGET_PORT is not set: must be a whole number from 1 to 65535",
            "portokd: ADMIN_TOKEN=(hidden): must be 1 to 1024 visible ASCII characters; spaces only inside",
            "portokd: warning: LISTEN_PROT is not a setting of portokd and does nothing; did you mean LISTEN_PORT?",
        ]);
        Directory.EnumerateFileSystemEntries(_folder.Path).Where(e => !Path.GetFileName(e).StartsWith("clr-debug", StringComparison.Ordinal) && !Path.GetFileName(e).StartsWith("dotnet-diagnostic", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_GoodSettingsFromAFile_Exits0AndOpensNothing()
    {
        (int code, string output, string error) = await Portokd.RunAsync(
            ["--check", "--env-file", _folder.File("x.env", $"INITIAL_TARGET_PORT=8080\nADMIN_TOKEN='{Variables.Token}'\nSTATE_FILE={_folder.File("state.json")}\n")]);
        code.ShouldBe(0);
        output.ShouldBe("portokd: the settings are good\n");
        error.ShouldBeEmpty();
        File.Exists(_folder.File("state.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Check_FileNamedByTheEnvironment_IsRead()
        => (await Portokd.RunAsync(["--check"], new Dictionary<string, string> { ["PORTOK_ENV_FILE"] = _folder.File("x.env", "DRAIN_MS=x\n") }))
            .Error.ShouldContain("DRAIN_MS=x: must be");

    [Fact]
    public async Task Check_MissingFile_Exits2() => (await Portokd.RunAsync(["--check", "--env-file", "/none.env"])).Code.ShouldBe(2);

    [Fact]
    public async Task UnknownArgument_Exits2WithTheUsage()
    {
        (int code, _, string error) = await Portokd.RunAsync(["--frobnicate"]);
        code.ShouldBe(2);
        error.ShouldStartWith("portokd: unknown argument '--frobnicate'\nusage: portokd ");
    }

    [Fact]
    public async Task Help_Exits0AndNamesTheSettings()
    {
        (int code, string output, _) = await Portokd.RunAsync(["--help"]);
        code.ShouldBe(0);
        output.ShouldContain("INITIAL_TARGET_PORT");
        output.ShouldContain("Exit codes");
    }

    [Fact]
    public async Task Version_Exits0WithOneLine()
    {
        (int code, string output, _) = await Portokd.RunAsync(["--version"]);
        code.ShouldBe(0);
        output.ShouldMatch("^portokd [0-9]+\\.[0-9]+\\.[0-9]+[^\n+]*\n$");
    }

    [Fact]
    public async Task SettingsAsMarkdown_IsTheCataloguesTable()
        => (await Portokd.RunAsync(["settings", "--markdown"])).Out.ShouldBe(SettingsReference.Markdown());

    [Fact]
    public async Task Run_PortInUse_SaysWhichExits1AndLeavesNoFolder()
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        int port = ((IPEndPoint)other.LocalEndPoint!).Port;
        Directory.CreateDirectory(_folder.File("run"));
        Dictionary<string, string> variables = Variables.Good(
            ("LISTEN_HOST", "127.0.0.1"), ("LISTEN_PORT", $"{port}"), ("INITIAL_TARGET_PORT", port == 8080 ? "8081" : "8080"),
            ("STATE_FILE", _folder.File("state.json")), ("RUNTIME_DIRECTORY", _folder.File("run")));
        (int code, _, string error) = await Portokd.RunAsync([], variables);
        code.ShouldBe(1);
        error.ShouldStartWith($"portokd: cannot start: port {port} is in use by another program");
        Directory.EnumerateFileSystemEntries(_folder.File("run")).ShouldBeEmpty();
        File.Exists(_folder.File("state.json")).ShouldBeFalse();
    }
}
