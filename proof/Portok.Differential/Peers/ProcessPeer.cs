using System.Globalization;
using System.Net.Sockets;

namespace Portok.Differential.Peers;

/// <summary>A peer that is one process for all lanes.</summary>
internal abstract class ProcessPeer : IPeer
{
    private readonly TempFolder _folder = new();
    private RunningProcess? _process;

    public abstract string Name { get; }

    public abstract string Version { get; }

    public abstract string Setup { get; }

    public async Task<IReadOnlyList<int>> StartAsync(IReadOnlyList<int> origins)
    {
        int[] ports = [.. origins.Select(_ => FreePort.Next())];
        _process = Start(_folder, [.. ports.Zip(origins)]);
        foreach (int port in ports)
            await Poll.UntilAsync(() => !_process.HasExited ? AnswersAsync(port) : throw new InvalidOperationException($"{Name} ended:\n{_process.Transcript}"), Patience.Long, $"{Name} to listen");
        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }

    protected abstract RunningProcess Start(TempFolder folder, IReadOnlyList<(int Port, int Origin)> lanes);

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A block for each lane.</summary>
    protected static string Each(IReadOnlyList<(int Port, int Origin)> lanes, Func<int, int, string> block) =>
        string.Join('\n', lanes.Select(lane => block(lane.Port, lane.Origin)));

    /// <summary>The first line a program says of its version.</summary>
    protected static string Ask(string program, string option)
    {
        ProcessResult result = ProcessRunner.RunAsync(program, [option]).GetAwaiter().GetResult();
        return (result.Output + result.Errors).Split('\n')[0].Trim();
    }

    /// <summary>Servers live in sbin, which is not on every PATH.</summary>
    protected static string Find(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin:/usr/local/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{name} is not installed; ./prove differential installs it");

    private static async Task<bool> AnswersAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
