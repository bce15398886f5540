using System.Globalization;

namespace Portok.Testing;

/// <summary>One running portokd process.</summary>
public sealed class PortokDaemon : IAsyncDisposable
{
    private readonly RunningProcess _process;

    internal PortokDaemon(RunningProcess process, int port, string token, string? unixSocket)
    {
        _process = process;
        Port = port;
        Admin = new AdminClient(port, token, unixSocket);
    }

    /// <summary>The public port.</summary>
    public int Port { get; }

    /// <summary>The admin API with the right token; on the Unix socket when the daemon has it there alone.</summary>
    public AdminClient Admin { get; }

    /// <summary>The process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Everything it has written to standard output and standard error.</summary>
    public string Log => _process.Output + _process.Errors;

    /// <summary>Output and errors so far, for the words of a failure.</summary>
    public string Transcript => _process.Transcript;

    /// <summary>Resident memory now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{ProcessId}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Open descriptors now.</summary>
    public int OpenDescriptors => Directory.GetFiles($"/proc/{ProcessId}/fd").Length;

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => PosixSignals.Terminate(ProcessId);

    /// <summary>Sends SIGINT.</summary>
    public void Interrupt() => PosixSignals.Interrupt(ProcessId);

    /// <summary>Sends SIGHUP.</summary>
    public void HangUp() => PosixSignals.HangUp(ProcessId);

    /// <summary>Sends SIGKILL and waits until the process is gone.</summary>
    public async Task KillAsync()
    {
        PosixSignals.Kill(ProcessId);
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still ran; it is killed then.</exception>
    public Task<int> WaitForExitAsync(TimeSpan? within = null) => _process.WaitForExitAsync(within);

    /// <summary>Waits until one line of the log holds all the words; lines may come a moment after what they tell of.</summary>
    /// <exception cref="TimeoutException">No line did in time; the words of the failure hold the log.</exception>
    public async Task SaysAsync(params string[] words)
    {
        try
        {
            await Poll.UntilAsync(
                () => Log.Split('\n').Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal))),
                what: $"a line of the log with {string.Join(" and ", words)}").ConfigureAwait(false);
        }
        catch (TimeoutException fault)
        {
            throw new TimeoutException($"{fault.Message}\n{Transcript}", fault);
        }
    }

    /// <summary>Connects a raw client to the public port.</summary>
    public Task<RawClient> ConnectAsync(int? receiveBuffer = null, bool keepAll = true) => RawClient.ConnectAsync(Port, receiveBuffer, keepAll);

    /// <summary>Switches, and fails with the answer and the daemon's log unless it was done.</summary>
    public async Task<AdminAnswer> SwitchAsync(int port)
    {
        AdminAnswer answer = await Admin.SwitchAsync(port).ConfigureAwait(false);
        return answer.Status == 200 ? answer : throw new InvalidOperationException($"Switching to {port} was answered {answer}\n{Transcript}");
    }

    /// <summary>Kills the process when it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _process.DisposeAsync().ConfigureAwait(false);
    }
}
