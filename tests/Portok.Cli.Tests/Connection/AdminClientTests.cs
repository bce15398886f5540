using System.Net;
using System.Net.Sockets;
using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Connection;

public sealed class AdminClientTests
{
    private static FakeAdmin Daemon() => FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus));

    [Fact]
    public async Task Get_InstanceWithASocket_UsesTheSocketAndNotThePort()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "admin.sock");
        await using FakeAdmin port = Daemon();
        await using FakeAdmin socket = FakeAdmin.OnSocket(path, _ => FakeAdmin.Json(200, Answers.QuietStatus));
        folder.File("api.env", $"LISTEN_PORT={port.Port}\nADMIN_TOKEN=t\nADMIN_UNIX_SOCKET={path}\n");

        CommandRun run = await CommandRun.InProcessAsync(["status", "api"], Env.Of(("PORTOK_CONFIG_DIR", folder.Path)));

        run.ExitCode.ShouldBe(0, run.Error);
        socket.Requests.Count.ShouldBe(1);
        port.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_SocketThatIsNotThere_FallsBackToThePort()
    {
        using TempFolder folder = new();
        await using FakeAdmin port = Daemon();
        folder.File("api.env", $"LISTEN_PORT={port.Port}\nADMIN_TOKEN=t\nADMIN_UNIX_SOCKET={folder.Path}/none.sock\n");

        CommandRun run = await CommandRun.InProcessAsync(["status", "api"], Env.Of(("PORTOK_CONFIG_DIR", folder.Path)));

        run.ExitCode.ShouldBe(0, run.Error);
        port.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Get_AdminOnlyOnTheSocketAndNobodyBehindIt_IsOutOfReach()
    {
        using TempFolder folder = new();
        await using FakeAdmin port = Daemon();
        folder.File("api.env", $"LISTEN_PORT={port.Port}\nADMIN_TOKEN=t\nADMIN_ON_PUBLIC_PORT=0\nADMIN_UNIX_SOCKET={folder.Path}/none.sock\n");

        CommandRun run = await CommandRun.InProcessAsync(["status", "api"], Env.Of(("PORTOK_CONFIG_DIR", folder.Path)));

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain($"Cannot reach portokd at {folder.Path}/none.sock: ");
        run.Error.ShouldContain("systemctl status portok@api");
        port.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_NobodyListens_IsOutOfReach()
    {
        using Socket reserved = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string url = $"http://127.0.0.1:{((IPEndPoint)reserved.LocalEndPoint!).Port}";

        CommandRun text = await CommandRun.InProcessAsync(["status", "--url", url]);
        CommandRun json = await CommandRun.InProcessAsync(["status", "--url", url, "--json"]);

        text.ExitCode.ShouldBe(3);
        text.Out.ShouldBeEmpty();
        text.Error.ShouldStartWith($"portok: Cannot reach portokd at {url}: nothing listens there.");
        json.ExitCode.ShouldBe(3);
        json.OnlyJson().GetProperty("error").GetString().ShouldBe("Daemon out of reach");
    }

    [Fact]
    public async Task Get_NoAnswerInTime_IsOutOfReach()
    {
        await using FakeAdmin silent = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus), held: true);

        CommandRun run = await CommandRun.InProcessAsync(["status", "--url", silent.Url, "--timeout", "0.2"]);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldBe($"portok: No answer from {silent.Url} within 0.2 s.\n");
    }

    [Fact]
    public async Task Get_Redirect_IsNotFollowed()
    {
        await using FakeAdmin elsewhere = Daemon();
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => $"HTTP/1.1 302 Found\r\nlocation: {elsewhere.Url}/__status\r\ncontent-length: 0\r\n\r\n");

        CommandRun run = await CommandRun.InProcessAsync(["status", "--url", admin.Url, "--token", "secret"]);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain("(HTTP 302), but it is not portokd's admin API");
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", "(HTTP 200), but it is not portokd's admin API")]
    [InlineData("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", "(HTTP 404), but it is not portokd's admin API")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{} x", "it is not portokd's admin API")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"other\":1}", "The answer is JSON, but not portokd's.")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", "does not speak HTTP/1.1")]
    [InlineData("", "the connection was closed without an answer")]
    public async Task Get_SomethingElseAnswers_IsOutOfReach(string answer, string expected)
    {
        await using FakeAdmin other = FakeAdmin.OnTcp(_ => answer);

        CommandRun run = await CommandRun.InProcessAsync(["status", "--url", other.Url]);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task Get_EndlessAnswer_IsGivenUp()
    {
        await using FakeAdmin endless = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, "{\"a\":\"" + new string('x', 5 * 1024 * 1024) + "\"}"));

        CommandRun run = await CommandRun.InProcessAsync(["status", "--url", endless.Url]);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain("the answer is too long to be portokd's");
    }

    [Fact]
    public async Task Get_TokenThatNoHeaderMayHold_IsWrongUse()
    {
        await using FakeAdmin admin = Daemon();

        CommandRun run = await CommandRun.InProcessAsync(["status", "--url", admin.Url, "--token", "a\r\nx-evil: 1"]);

        run.ExitCode.ShouldBe(2);
        admin.Requests.ShouldBeEmpty();
    }
}
