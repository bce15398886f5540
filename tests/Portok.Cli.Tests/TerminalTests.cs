using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests;

/// <summary>The built program on a terminal of 80 columns: what a person sees, and Ctrl-C.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task List_LongNames_LeavesColumnsOutAndBreaksNone()
    {
        await using FakeAdmin daemon = FakeAdmin.OnTcp(request => FakeAdmin.Json(200, request.StartsWith("GET /__status", StringComparison.Ordinal) ? Answers.Status : Answers.Metrics));
        FakeSystemd.Install(_sandbox);
        await _sandbox.RunAsync("init");
        foreach (string name in (string[])["checkout", "a-name-of-thirty-two-letters-yes"])
        {
            _sandbox.Instance(name, listenPort: daemon.Port, targetPort: 8080);
            File.WriteAllText(_sandbox.Combine("systemd", $"portok@{name}.service"), "active\n");
            File.WriteAllText(_sandbox.Combine("systemd", $"portok@{name}.service.enabled"), "");
        }

        await using Terminal terminal = await StartAsync("list");
        (await terminal.SeeAsync("exit code 0")).Split('\n')[..3].ShouldBe(
        [
            "Name                               Port  Active  Unit             Health",
            $"a-name-of-thirty-two-letters-yes  {daemon.Port}    8081  active, enabled  healthy",
            $"checkout                          {daemon.Port}    8081  active, enabled  healthy",
        ]);
    }

    [Fact]
    public async Task Failure_LongerThanTheWindow_IsBrokenBetweenWords()
    {
        await using Terminal terminal = await StartAsync("status", "No Name");
        (await terminal.SeeAsync("exit code 2")).ShouldStartWith("""
            portok: 'No Name' is no instance name: it must be 1 to 64 characters of a-z,
            0-9, '_' and '-', the first a letter or a digit.
            Usage: portok status [<instance>] [options]
            """);
    }

    [Fact]
    public async Task Remove_CtrlCAtTheQuestion_DeletesNothingAndEndsWith130()
    {
        _sandbox.Instance("api");
        IReadOnlyList<string> before = _sandbox.Files;
        await using Terminal terminal = await StartAsync("remove", "api");
        await terminal.SeeAsync("Remove api? [y/N]");
        await terminal.PressAsync("C-c");
        (await terminal.SeeAsync("exit code 130")).ShouldContain("\nportok: Interrupted.");
        _sandbox.Files.ShouldBe(before);
        _sandbox.Programs.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Switch_CtrlCWhileThePortIsProbed_EndsWith130AndShowsTheCursorAgain()
    {
        await using FakeAdmin daemon = FakeAdmin.OnTcp(_ => "", held: true);
        _sandbox.Instance("api", listenPort: daemon.Port);
        await using Terminal terminal = await StartAsync("switch", "8082", "api");
        await terminal.SeeAsync("Port 8082 is being probed…");
        await terminal.PressAsync("C-c");
        (await terminal.SeeAsync("exit code 130")).ShouldContain("portok: Interrupted.");
        (await terminal.IsCursorShownAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Start_CtrlCWhileItComesUp_EndsWith130AndShowsTheCursorAgain()
    {
        FakeSystemd.Install(_sandbox);
        await _sandbox.RunAsync("init");
        _sandbox.Instance("api", listenPort: FreePort.Next());
        await using Terminal terminal = await StartAsync("start", "api");
        await terminal.SeeAsync("api is starting…");
        await terminal.PressAsync("C-c");
        await terminal.SeeAsync("exit code 130");
        (await terminal.IsCursorShownAsync()).ShouldBeTrue();
    }

    // The shell tells how portok ended, and keeps the terminal as portok has left it.
    private Task<Terminal> StartAsync(params string[] arguments) =>
        Terminal.StartAsync(80, "sh", ["-c", "trap : INT; \"$0\" \"$@\"; echo \"exit code $?\"; read -r line", PortokBinary.Cli, .. arguments], _sandbox.ProcessEnvironment);
}
