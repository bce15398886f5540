using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Completing;

/// <summary>The Tab key in the real shells, with the script that portok prints for each.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public ShellTests()
    {
        _sandbox.Instance("api");
        _sandbox.Instance("orders");
        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)
        [
            ("PATH", $"{Path.GetDirectoryName(PortokBinary.Cli)}:{_sandbox.Programs.Path}"), ("HOME", _sandbox.Combine()), ("LC_ALL", "C.UTF-8"), ("XDG_CONFIG_HOME", _sandbox.Combine("config")),
        ])
        {
            _sandbox.Environment[name] = value;
        }
    }

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("bash", "--norc", "--noprofile", "-i")]
    [InlineData("zsh", "-f", "-i")]
    [InlineData("fish", "--no-config", "-i")]
    public async Task Tab_CompletesWhatPortokKnows(string shell, params string[] arguments)
    {
        await using Terminal terminal = await StartAsync(shell, arguments);
        await CompletesAsync(terminal, "portok sw", "portok switch ");
        await CompletesAsync(terminal, "portok start or", "portok start orders ");
        await CompletesAsync(terminal, "portok token ro", "portok token rotate ");
        await CompletesAsync(terminal, "portok switch 8081 ap", "portok switch 8081 api ");
        await CompletesAsync(terminal, "portok status --inst", "portok status --instance ");
        await CompletesAsync(terminal, "portok status --instance or", "portok status --instance orders ");
        await CompletesAsync(terminal, "portok --instance api heal", "portok --instance api health ");
        await CompletesAsync(terminal, "portok status --instance=or", "portok status --instance=orders ");
        await CompletesAsync(terminal, "portok add ", "portok add ");
        await CompletesAsync(terminal, "portok completion z", "portok completion zsh ");
        await CompletesAsync(terminal, $"portok init --exec-path {_sandbox.Combine("bin")}/portokd", $"portok init --exec-path {_sandbox.Combine("bin")}/portokd ");
    }

    [Theory]
    [InlineData("bash", "--norc", "--noprofile", "-i")]
    [InlineData("zsh", "-f", "-i")]
    [InlineData("fish", "--no-config", "-i")]
    public async Task TabTwice_ShowsWhatThereIs(string shell, params string[] arguments)
    {
        await using Terminal terminal = await StartAsync(shell, arguments);
        await terminal.TypeAsync("portok sta");
        await terminal.PressAsync("Tab");
        await terminal.PressAsync("Tab");
        string screen = await terminal.SeeAsync("status");
        screen.ShouldContain("start");
        screen.ShouldNotContain("stop");
        if (shell is not "bash")
        {
            screen.ShouldContain("Start an instance and wait until it answers");
        }
    }

    private static async Task CompletesAsync(Terminal terminal, string typed, string line)
    {
        await terminal.TypeAsync(typed);
        await terminal.PressAsync("Tab");
        // What is typed next stands behind what the shell has put there.
        await terminal.TypeAsync("x");
        await terminal.SeeAsync($"$ {line}x");
        await terminal.PressAsync("C-u");
        await terminal.PressAsync("C-l");
    }

    private async Task<Terminal> StartAsync(string shell, string[] arguments)
    {
        Terminal terminal = await Terminal.StartAsync(120, shell, arguments, _sandbox.ProcessEnvironment);
        string[] settings = shell switch
        {
            "bash" => ["PS1='$ '", "source <(portok completion bash)"],
            "zsh" => ["PS1='$ '", "autoload -Uz compinit; compinit -u -D", "source <(portok completion zsh)"],
            _ => ["function fish_prompt; echo -n '$ '; end", "set -g fish_autosuggestion_enabled 0", "portok completion fish | source"],
        };
        foreach (string line in settings)
        {
            await terminal.TypeAsync(line);
            await terminal.PressAsync("Enter");
        }

        await terminal.TypeAsync("clear; echo rea''dy");
        await terminal.PressAsync("Enter");
        await terminal.SeeAsync("ready");
        return terminal;
    }
}
