using System.Diagnostics;
using System.Text.Json;
using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests;

/// <summary>The built program as a process: what a shell sees.</summary>
public sealed class PortokProgramTests
{
    private static async Task<CommandRun> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        ProcessStartInfo start = new(PortokBinary.Cli, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource bounded = new(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(bounded.Token);
        return new CommandRun(process.ExitCode, await output, await error);
    }

    [Fact]
    public async Task Portok_Version_PrintsOneLineAndExitsWith0()
    {
        CommandRun run = await RunAsync(Env.Of(), "--version");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldMatch(@"^portok \d+\.\d+\.\d+\S*\n$");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Portok_WrongUse_WritesToStandardErrorOnly()
    {
        CommandRun run = await RunAsync(Env.Of(), "swtich", "8081");

        run.ExitCode.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe("portok: There is no command 'swtich'. Did you mean 'switch'?\nUsage: portok <command> [options]\n");
    }

    [Fact]
    public async Task Portok_Switch_JsonOnStandardOutputOnly()
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(409, Answers.ProbeFailed));

        CommandRun run = await RunAsync(Env.Of(("PORTOK_URL", admin.Url), ("PORTOK_TOKEN", "t")), "switch", "8081", "--json");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldBe(Answers.ProbeFailed + "\n");
        run.Error.ShouldBeEmpty();
        admin.Requests[0].ShouldContain("x-admin-token: t\r\n", Case.Insensitive);
    }

    [Fact]
    public async Task Portok_ProxiesOfTheEnvironment_AreNotUsed()
    {
        await using FakeAdmin proxy = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus));
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus));

        CommandRun run = await RunAsync(Env.Of(("http_proxy", proxy.Url), ("HTTP_PROXY", proxy.Url), ("ALL_PROXY", proxy.Url), ("no_proxy", "")), "status", "--url", admin.Url);

        run.ExitCode.ShouldBe(0, run.Error);
        admin.Requests.Count.ShouldBe(1);
        // A request meant for a proxy would name the whole URL.
        admin.Requests[0].ShouldStartWith("GET /__status HTTP/1.1\r\n");
        proxy.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Portok_EnvFileThatCannotBeOpened_IsNotAllowed()
    {
        // A folder in its place is refused to everybody, root included.
        using TempFolder config = new();
        Directory.CreateDirectory(Path.Combine(config.Path, "api.env"));

        CommandRun run = await RunAsync(Env.Of(("PORTOK_CONFIG_DIR", config.Path)), "status", "api");

        run.ExitCode.ShouldBe(4);
        run.Error.ShouldContain("api.env is not readable for this user");
    }

    [Fact]
    public async Task Portok_DemoWithoutItsPrograms_SaysWhatIsMissing()
    {
        CommandRun run = await RunAsync(Env.Of(("PORTOK_DAEMON", "/nonexistent/portokd")), "demo", "--json");

        run.ExitCode.ShouldBe(1);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("message").GetString().ShouldBe("PORTOK_DAEMON names '/nonexistent/portokd', and there is no such file.");
        run.Error.ShouldBeEmpty();
    }
}
