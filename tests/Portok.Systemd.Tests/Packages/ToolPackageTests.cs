using System.Globalization;
using System.Text.Json;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Packages;

/// <summary>The dotnet tool as its user installs it: from the packages alone, into folders of its own.</summary>
public sealed class ToolPackageTests
{
    [Fact]
    public async Task Tool_InstalledFromItsPackages_BringsBothProgramsNative_AndTheyWorkTogether()
    {
        Package.SkipUnlessItCanBeMade();
        string[] packages = await Package.MakeAsync("tool");
        using TempFolder folder = new();
        string portok = await InstallAsync(folder, packages[^1]);

        // The command is a link; the programs lie side by side where it leads to.
        string programs = Path.GetDirectoryName(File.ResolveLinkTarget(portok, returnFinalTarget: true)!.FullName)!;
        string portokd = Path.Combine(programs, "portokd");
        Directory.GetFiles(programs).Select(Path.GetFileName).ShouldBe(["DotnetToolSettings.xml", "portok", "portokd"], ignoreOrder: true);
        string version = Path.GetFileNameWithoutExtension(packages[^1])["Portok.".Length..];
        (await OutputAsync(portok, "--version")).ShouldBe($"portok {version}\n");
        (await OutputAsync(portokd, "--version")).ShouldBe($"portokd {version}\n");
        (await OutputAsync(portok, "--help")).ShouldContain("\nCommands:\n");
        await RelaysAndIsAskedAsync(portok, portokd, version);
    }

    /// <summary>As on a machine that has nothing of ours: no cache of packages, no other source.</summary>
    private static async Task<string> InstallAsync(TempFolder folder, string package)
    {
        Dictionary<string, string?> alone = new(StringComparer.Ordinal)
        {
            ["DOTNET_CLI_HOME"] = folder.Combine("home"),
            ["NUGET_PACKAGES"] = folder.Combine("cache"),
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        };
        string version = Path.GetFileNameWithoutExtension(package)["Portok.".Length..];
        ProcessResult installed = await ProcessRunner.RunAsync(
            "dotnet",
            ["tool", "install", "--tool-path", folder.Combine("tools"), "--source", Path.GetDirectoryName(package)!, "--version", version, "Portok"],
            alone,
            folder.Path,
            within: Patience.Long * 2);
        installed.ShouldSucceed();
        return folder.Combine("tools", "portok");
    }

    private static async Task RelaysAndIsAskedAsync(string portok, string portokd, string version)
    {
        await using var app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("relayed")));
        await using TempInstance instance = new(app.Port);
        await using var daemon = RunningProcess.Start(portokd, [], instance.Settings, instance.Folder);
        Dictionary<string, string?> asks = new(StringComparer.Ordinal)
        {
            ["PORTOK_URL"] = $"http://127.0.0.1:{instance.ListenPort.ToString(CultureInfo.InvariantCulture)}",
            ["PORTOK_TOKEN"] = TempInstance.Token,
        };
        ProcessResult status = await Poll.ForAsync(
            () => ProcessRunner.RunAsync(portok, ["status", "--json"], asks), result => result.ExitCode == 0, Patience.Long, "portok status to succeed");
        JsonElement said = JsonDocument.Parse(status.Output).RootElement;
        said.GetProperty("activePort").GetInt32().ShouldBe(app.Port);
        said.GetProperty("version").GetString().ShouldBe(version);
        (await RawClient.AskOnceAsync(instance.ListenPort, "GET / HTTP/1.1\r\nHost: tool.test\r\nConnection: close\r\n\r\n")).Text.ShouldBe("relayed");
    }

    private static async Task<string> OutputAsync(string program, string argument)
    {
        ProcessResult run = await ProcessRunner.RunAsync(program, [argument]);
        run.ShouldSucceed();
        return run.Output;
    }
}
