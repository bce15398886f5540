using System.Diagnostics;
using System.Text;

namespace Portok.Testing;

/// <summary>A process that a test started: its output is captured, and it does not outlive the object nor the test run.</summary>
public sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Captured _output = new();
    private readonly Captured _errors = new();
    private readonly Task _outputRead;
    private readonly Task _errorsRead;
    private readonly EventHandler _killAtExit;
    private bool _disposed;

    private RunningProcess(Process process)
    {
        _process = process;
        _outputRead = _output.ReadAsync(process.StandardOutput);
        _errorsRead = _errors.ReadAsync(process.StandardError);
        _killAtExit = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _killAtExit;
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Standard output so far.</summary>
    public string Output => _output.Text;

    /// <summary>Standard error so far.</summary>
    public string Errors => _errors.Text;

    /// <summary>Output and errors so far, for the words of a failure.</summary>
    public string Transcript => $"--- stdout of {Id}\n{Output}\n--- stderr of {Id}\n{Errors}";

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program; see <see cref="ProcessRunner.RunAsync"/> for the arguments.</summary>
    public static RunningProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null,
        string? input = null)
    {
        var info = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            if (value is null)
                info.Environment.Remove(name);
            else
                info.Environment[name] = value;
        }

        Process process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start.");
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        return new RunningProcess(process);
    }

    /// <summary>Waits for the end and for the last of the output.</summary>
    /// <returns>The exit code; 128 + n when signal n ended it.</returns>
    /// <exception cref="TimeoutException">It still ran when the time was over; it is killed then.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan? within = null)
    {
        TimeSpan limit = within ?? Patience.Normal;
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault)
        {
            Kill();
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {limit.TotalSeconds:0.#} s.\n{Transcript}", fault);
        }

        await ReadersDoneAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Kills it and the processes it started; no fault when it has ended already.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Kills it when it still runs and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience.Normal).ConfigureAwait(false);
        await ReadersDoneAsync().ConfigureAwait(false);
        AppDomain.CurrentDomain.ProcessExit -= _killAtExit;
        _process.Dispose();
    }

    // A grandchild may hold the pipes open after the process is gone, so the wait for their end is bounded and its failing is no fault.
    private Task ReadersDoneAsync()
        => Task.WhenAny(Task.WhenAll(_outputRead, _errorsRead), Task.Delay(TimeSpan.FromSeconds(2)));

    /// <summary>Text that one task appends to while others read it.</summary>
    private sealed class Captured
    {
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public async Task ReadAsync(StreamReader reader)
        {
            char[] buffer = new char[4096];
            int count;
            while ((count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (_text)
                    _text.Append(buffer, 0, count);
            }
        }
    }
}
