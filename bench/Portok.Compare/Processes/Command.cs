using System.Diagnostics;
using System.Text;

namespace Portok.Compare.Processes;

/// <summary>A program that is run to its end.</summary>
internal static class Command
{
    /// <summary>Exit code and everything it wrote. Ended by force after the limit.</summary>
    public static (int ExitCode, string Output) Run(string path, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        using var ending = new EndAtExit(process);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new CompareException($"{path} did not end within {limit.TotalSeconds:0} s");
        }

        // Without a limit it also waits for the last lines.
        process.WaitForExit();
        return (process.ExitCode, output.ToString());

        void Keep(object sender, DataReceivedEventArgs e)
        {
            lock (output)
            {
                output.AppendLine(e.Data);
            }
        }
    }
}
