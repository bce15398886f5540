using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Connection;

public sealed class EndpointResolverTests
{
    private static FakeAdmin Daemon() => FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus));

    private static string EnvFile(FakeAdmin admin, string token) => $"LISTEN_PORT={admin.Port}\nADMIN_TOKEN='{token}'\n";

    [Theory]
    [InlineData("option")]
    [InlineData("environment")]
    [InlineData("file")]
    public async Task Resolve_UrlAndToken_OptionThenEnvironmentThenFile(string expected)
    {
        await using FakeAdmin option = Daemon();
        await using FakeAdmin environment = Daemon();
        await using FakeAdmin file = Daemon();
        using TempFolder config = new();
        config.File("api.env", EnvFile(file, "file-token"));
        List<string> args = ["status", "--instance", "api"];
        Dictionary<string, string> variables = Env.Of(("PORTOK_CONFIG_DIR", config.Path));
        if (expected is not "file")
        {
            variables["PORTOK_URL"] = environment.Url;
            variables["PORTOK_TOKEN"] = "environment-token";
        }

        if (expected is "option")
        {
            args.AddRange(["--url", option.Url, "--token", "option-token"]);
        }

        CommandRun run = await CommandRun.InProcessAsync(args, variables);

        run.ExitCode.ShouldBe(0, run.Error);
        foreach ((string name, FakeAdmin admin) in new[] { ("option", option), ("environment", environment), ("file", file) })
        {
            admin.Requests.Count.ShouldBe(string.Equals(name, expected, StringComparison.Ordinal) ? 1 : 0);
        }

        FakeAdmin asked = expected switch { "option" => option, "environment" => environment, _ => file };
        asked.Requests[0].ShouldContain($"x-admin-token: {expected}-token\r\n", Case.Insensitive);
    }

    [Fact]
    public async Task Resolve_UrlGivenAndTokenNot_TakesTheTokenOfTheFile()
    {
        await using FakeAdmin admin = Daemon();
        using TempFolder config = new();
        config.File("api.env", "LISTEN_PORT=1\nADMIN_TOKEN=from-file\n");

        CommandRun run = await CommandRun.InProcessAsync(["status", "api", "--url", admin.Url], Env.Of(("PORTOK_CONFIG_DIR", config.Path)));

        run.ExitCode.ShouldBe(0, run.Error);
        admin.Requests[0].ShouldContain("x-admin-token: from-file\r\n", Case.Insensitive);
    }

    [Theory]
    [InlineData("../api")]
    [InlineData("x/../api")]
    [InlineData("/etc/passwd")]
    [InlineData("API")]
    [InlineData("api.env")]
    [InlineData("")]
    public async Task Resolve_NameOutsideTheGrammar_IsRefusedBeforeAnyFileIsTouched(string name)
    {
        await using FakeAdmin admin = Daemon();
        using TempFolder folder = new();
        folder.File("api.env", EnvFile(admin, "t"));
        string config = Path.GetDirectoryName(folder.File("config/api.env", EnvFile(admin, "t")))!;
        File.Copy(Path.Combine(config, "api.env"), Path.Combine(config, "API.env"));

        CommandRun run = await CommandRun.InProcessAsync(["status", "--instance", name], Env.Of(("PORTOK_CONFIG_DIR", config)));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain($"'{name}' is no instance name: it must be 1 to 64 characters of a-z, 0-9, '_' and '-', the first a letter or a digit.");
        admin.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Resolve_NameOutsideTheGrammar_IsRefusedEvenWhereNoFileIsNeeded()
    {
        await using FakeAdmin admin = Daemon();

        CommandRun run = await CommandRun.InProcessAsync(["status", "../x", "--url", admin.Url, "--token", "t"]);

        run.ExitCode.ShouldBe(2);
        admin.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Resolve_UnknownInstance_SuggestsTheNearest()
    {
        using TempFolder config = new();
        config.File("api.env", "");
        config.File("billing.env", "");

        CommandRun near = await CommandRun.InProcessAsync(["status", "biling"], Env.Of(("PORTOK_CONFIG_DIR", config.Path)));
        CommandRun far = await CommandRun.InProcessAsync(["status", "zzz"], Env.Of(("PORTOK_CONFIG_DIR", config.Path)));

        near.ExitCode.ShouldBe(2);
        near.Error.ShouldStartWith($"portok: There is no instance 'biling' in {config.Path}. Did you mean 'billing'?\n");
        far.Error.ShouldStartWith($"portok: There is no instance 'zzz' in {config.Path}. Known: api, billing.\n");
    }

    [Theory]
    [InlineData("3000")]
    [InlineData("localhost:3000")]
    [InlineData("https://localhost:3000")]
    [InlineData("ftp://localhost")]
    [InlineData("http://")]
    [InlineData("http://localhost/base")]
    [InlineData("http://localhost/?a=b")]
    [InlineData("http://user@localhost")]
    public async Task Resolve_UrlThatIsNotHostAndPort_IsWrongUse(string url)
    {
        CommandRun option = await CommandRun.InProcessAsync(["status", "--url", url]);
        CommandRun variable = await CommandRun.InProcessAsync(["status"], Env.Of(("PORTOK_URL", url)));

        option.ExitCode.ShouldBe(2);
        option.Error.ShouldStartWith($"portok: --url '{url}' ");
        variable.ExitCode.ShouldBe(2);
        variable.Error.ShouldStartWith($"portok: PORTOK_URL '{url}' ");
    }
}
