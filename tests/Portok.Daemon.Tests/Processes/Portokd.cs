using System.Diagnostics;

namespace Portok.Daemon.Tests.Processes;

/// <summary>Runs the built portokd to its end, with nothing in its environment but what a test says.</summary>
internal static class Portokd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<(int Code, string Out, string Error)> RunAsync(
        IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        ProcessStartInfo start = new("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Join(AppContext.BaseDirectory, "portokd.dll"));
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        string[] kept = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR"];
        foreach (string name in start.Environment.Keys.Except(kept, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill();
            throw new TimeoutException($"portokd did not end: {await output}{await error}", late);
        }

        return (process.ExitCode, await output, await error);
    }
}
