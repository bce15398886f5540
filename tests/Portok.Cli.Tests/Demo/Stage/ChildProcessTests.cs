using Portok.Cli.CommandLine;
using Portok.Cli.Demo.Stage;
using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Stage;

public sealed class ChildProcessTests
{
    private static string Script(TempFolder folder, string text)
    {
        string file = folder.File("child.sh", "#!/bin/sh\n" + text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private static async Task UntilAsync(Func<bool> so)
    {
        using CancellationTokenSource bounded = new(TimeSpan.FromSeconds(30));
        while (!so())
        {
            await Task.Delay(10, bounded.Token);
        }
    }

    [Fact]
    public async Task Dispose_RunningChild_HasGoneAfterwards()
    {
        using TempFolder folder = new();
        ChildProcess child = ChildProcess.Start("c", Script(folder, "echo pid $$\nexec sleep 600\n"), Env.Of(), folder.Path);
        await UntilAsync(() => child.Log.Last(1).Count == 1);
        int pid = int.Parse(child.Log.Last(1)[0]["pid ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        child.HasExited.ShouldBeFalse();

        await child.DisposeAsync();

        Directory.Exists($"/proc/{pid}").ShouldBeFalse();
    }

    [Fact]
    public async Task Dispose_ChildThatHasEnded_DoesNotMind()
    {
        using TempFolder folder = new();
        ChildProcess child = ChildProcess.Start("c", Script(folder, "echo out; echo err >&2; exit 7\n"), Env.Of(), folder.Path);
        await UntilAsync(() => child.HasExited && child.Log.Last(5).Count == 2);

        child.ExitCode.ShouldBe(7);
        child.Log.Last(5).ShouldBe(["out", "err"], ignoreOrder: true);
        await child.DisposeAsync();
    }

    [Fact]
    public async Task Start_Environment_HoldsTheSettingsAndNothingOfAnotherService()
    {
        using TempFolder folder = new();
        ChildProcess child = ChildProcess.Start("c", Script(folder, "env\necho done\n"), Env.Of(("LISTEN_PORT", "1234")), folder.Path);
        await UntilAsync(() => child.Log.Last(1) is ["done"]);
        string[] names = [.. child.Log.Last(200).Select(l => l.Split('=')[0]).Where(n => n is not ("done" or "PWD" or "SHLVL" or "_" or "OLDPWD"))];

        string.Join('\n', child.Log.Last(200)).ShouldContain("LISTEN_PORT=1234");
        names.ShouldAllBe(n => n == "LISTEN_PORT" || n == "PATH" || n == "HOME" || n == "USER" || n == "LANG" || n == "LC_ALL" || n == "TZ" || n == "TMPDIR" || n == "LD_LIBRARY_PATH" || n == "NODE_PATH" || n.StartsWith("DOTNET_", StringComparison.Ordinal));
        await child.DisposeAsync();
    }

    [Fact]
    public void Start_ProgramThatIsNotThere_SaysSo() =>
        Should.Throw<CommandFailure>(() => ChildProcess.Start("c", "/nonexistent/x", Env.Of(), "/")).Message.ShouldStartWith("/nonexistent/x cannot be executed");
}
