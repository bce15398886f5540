using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Portok.Cli.CommandLine;

namespace Portok.Cli.Processes;

/// <summary>
/// The one place that starts programs of the system: systemctl, journalctl, getent, useradd, an editor. They are looked up in
/// the PATH of the <see cref="CliHost"/>, so that a test can put its own in front, and in the folders of the administrator's
/// programs, which a user's PATH often leaves out.
/// </summary>
internal sealed class ProgramRunner(CliHost host)
{
    private const string AdministratorsPath = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

    /// <summary>The whole path of a program; null when it is not there. A name with a slash is a path already.</summary>
    public string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return IsExecutable(program) ? program : null;
        }

        return $"{host.Variable("PATH")}:{AdministratorsPath}".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsExecutable);
    }

    /// <summary>Runs a program to its end, without standard input, and keeps what it says. Cancelled, it is killed first.</summary>
    /// <exception cref="CommandFailure">It is not installed or cannot be executed.</exception>
    public async Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using Process process = Start(program, arguments, captured: true);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await EndAsync(process, cancellation).ConfigureAwait(false);
        return new ProgramResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    /// <summary>Runs a program that has the terminal to itself, such as an editor.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="CommandFailure">It is not installed or cannot be executed.</exception>
    public async Task<int> RunOnTerminalAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using Process process = Start(program, arguments, captured: false);
        await EndAsync(process, cancellation).ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>Runs a program and gives the lines of its standard output as they come; what it says on standard error is an exception at the end.</summary>
    /// <exception cref="CommandFailure">It is not installed, cannot be executed, or ended with a fault.</exception>
    public async IAsyncEnumerable<string> LinesAsync(string program, IReadOnlyList<string> arguments, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using Process process = Start(program, arguments, captured: true);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                yield return line;
            }

            await EndAsync(process, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Kill(process);
        }

        if (process.ExitCode != 0)
        {
            ProgramResult result = new(process.ExitCode, "", await error.ConfigureAwait(false));
            throw new CommandFailure(CommandLine.ExitCode.Refused, $"{program} failed", $"{program}: {Printable.Of(result.Complaint)}");
        }
    }

    private static async Task EndAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            // A shell in between would leave what it started behind: an editor, with the terminal.
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private Process Start(string program, IReadOnlyList<string> arguments, bool captured)
    {
        string file = Find(program)
            ?? throw new CommandFailure(CommandLine.ExitCode.Refused, "Program not found", $"{Printable.Of(program)} is needed for this, and it is not installed (looked for in PATH and {AdministratorsPath}).");
        ProcessStartInfo start = new(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = captured,
            RedirectStandardOutput = captured,
            RedirectStandardError = captured,
        };
        if (captured)
        {
            // What is read here must not be translated, coloured or paged.
            start.Environment["LC_ALL"] = "C.UTF-8";
            start.Environment["SYSTEMD_COLORS"] = "0";
            start.Environment["SYSTEMD_PAGER"] = "";
        }

        Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            process.Dispose();
            throw new CommandFailure(CommandLine.ExitCode.Refused, "Program not started", $"{file} cannot be executed: {failure.Message}");
        }

        if (captured)
        {
            process.StandardInput.Close();
        }

        return process;
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None;
}
