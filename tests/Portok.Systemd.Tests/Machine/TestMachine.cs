using System.Globalization;

namespace Portok.Systemd.Tests.Machine;

/// <summary>A fresh machine with a booted systemd (scripts/container.sh); gone with everything in it when disposed.</summary>
internal sealed class TestMachine : IAsyncDisposable
{
    private static readonly TimeSpan RootIsMadeWithin = TimeSpan.FromMinutes(15);
    private static readonly string Script = RepositoryRoot.Combine("scripts", "container.sh");

    private static readonly string[] Environment =
    [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8", "TERM=dumb", "DEBIAN_FRONTEND=noninteractive",
    ];

    private readonly RunningProcess _process;
    private NetworkNamespace? _network;

    private TestMachine(RunningProcess process) => _process = process;

    /// <summary>The first process inside, as this machine numbers it; another one after a reboot.</summary>
    public int Leader { get; private set; }

    /// <summary>Boots a machine; skips the test with the reason where that is not possible.</summary>
    public static async Task<TestMachine> BootAsync()
    {
        ProcessResult check = await ProcessRunner.RunAsync(Script, ["check"]);
        Assert.SkipUnless(check.ExitCode == 0, check.Output.Trim());
        (await ProcessRunner.RunAsync(Script, ["root"], within: RootIsMadeWithin)).ShouldSucceed();

        TestMachine machine = new(RunningProcess.Start(Script, [.. DemoApp.Binds, "boot"]));
        try
        {
            await machine.BootedAsync(boots: 1);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command line in it, by a shell, as root.</summary>
    public Task<ProcessResult> TryAsync(string command, TimeSpan? within = null)
        => ProcessRunner.RunAsync("nsenter", ["--target", Leader.ToString(CultureInfo.InvariantCulture), "--all", "--", "env", "-i", .. Environment, "bash", "-c", command], within: within);

    /// <summary>The same, and it has to succeed.</summary>
    /// <returns>Its standard output without the last line end.</returns>
    public async Task<string> RunAsync(string command, TimeSpan? within = null)
    {
        ProcessResult result = await TryAsync(command, within);
        result.ExitCode.ShouldBe(0, $"{command}\n{result.Output}{result.Errors}");
        return result.Output.TrimEnd('\n');
    }

    /// <summary>Writes a file in it.</summary>
    public void Write(string path, string content)
    {
        string here = $"/proc/{Leader.ToString(CultureInfo.InvariantCulture)}/root{path}";
        Directory.CreateDirectory(Path.GetDirectoryName(here)!);
        File.WriteAllText(here, content);
    }

    /// <summary>Connects to a port of its own 127.0.0.1.</summary>
    public Task<RawClient> ConnectAsync(int port) => (_network ??= new NetworkNamespace(Leader)).ConnectAsync(port);

    /// <summary>One request to a port of it; the answer.</summary>
    public async Task<WireMessage> GetAsync(int port, string path)
    {
        await using RawClient client = await ConnectAsync(port);
        return await client.AskAsync($"GET {path} HTTP/1.1\r\nHost: machine.test\r\nConnection: close\r\n\r\n");
    }

    /// <summary>Reboots it and waits until it is up again.</summary>
    public async Task RebootAsync()
    {
        int boots = Boots().Length;
        ForgetNetwork();
        // The command may be ended by what it asks for.
        await TryAsync("systemctl reboot");
        await BootedAsync(boots + 1);
    }

    public async ValueTask DisposeAsync()
    {
        ForgetNetwork();
        if (!_process.HasExited)
        {
            PosixSignals.Terminate(_process.Id);
            await _process.WaitForExitAsync(Patience.Long);
        }

        await _process.DisposeAsync();
    }

    private string[] Boots() => [.. _process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("leader ", StringComparison.Ordinal))];

    private async Task BootedAsync(int boots)
    {
        // The script gives up by itself when it does not boot.
        await Poll.UntilAsync(() => Boots().Length >= boots || _process.HasExited, TimeSpan.FromMinutes(3), $"boot number {boots}");
        Boots().Length.ShouldBe(boots, _process.Transcript);
        Leader = int.Parse(Boots()[^1].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private void ForgetNetwork()
    {
        _network?.Dispose();
        _network = null;
    }
}
