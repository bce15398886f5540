using System.ComponentModel;
using System.Diagnostics;
using Portok.Cli.CommandLine;

namespace Portok.Cli.Demo.Stage;

/// <summary>A process the demo has started and will end, whatever happens.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private ChildProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        process.OutputDataReceived += (_, line) => Log.Add(line.Data);
        process.ErrorDataReceived += (_, line) => Log.Add(line.Data);
    }

    /// <summary>What it is to the demo: "v1", "portokd".</summary>
    public string Name { get; }

    public LogTail Log { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>The exit code; only once it has exited.</summary>
    public int ExitCode => _process.ExitCode;

    /// <param name="settings">Its environment, besides what any program needs; nothing else of this process's own gets through.</param>
    /// <exception cref="CommandFailure">It cannot be executed.</exception>
    public static ChildProcess Start(string name, string program, IReadOnlyDictionary<string, string> settings, string folder)
    {
        (string file, string[] arguments) = DemoPrograms.CommandFor(program);
        ProcessStartInfo start = new(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (string variable in start.Environment.Keys.Where(v => !IsPassedOn(v)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        foreach ((string variable, string value) in settings)
        {
            start.Environment[variable] = value;
        }

        ChildProcess child = new(name, new Process { StartInfo = start });
        try
        {
            child._process.Start();
        }
        catch (Win32Exception failure)
        {
            child._process.Dispose();
            throw new CommandFailure(CommandLine.ExitCode.Refused, "Program not started", $"{program} cannot be executed: {failure.Message}");
        }

        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Ends it and waits until it has gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill();
            using CancellationTokenSource bounded = new(EndWithin);
            await _process.WaitForExitAsync(bounded.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or OperationCanceledException)
        {
            // It had ended by itself, or the system keeps it for a moment longer; there is nothing left to do.
        }
        finally
        {
            _process.Dispose();
        }
    }

    /// <summary>What a program needs to find itself and its runtime. Settings of another portokd or a service manager must not get in.</summary>
    private static bool IsPassedOn(string variable) =>
        variable is "PATH" or "HOME" or "USER" or "LANG" or "LC_ALL" or "TZ" or "TMPDIR" or "LD_LIBRARY_PATH" or "NODE_PATH"
        || variable.StartsWith("DOTNET_", StringComparison.Ordinal);
}
