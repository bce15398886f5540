using Portok.Cli.CommandLine;
using Portok.Cli.Units;

namespace Portok.Cli.Setup;

/// <summary>Which portokd the units are to run.</summary>
/// <param name="Path">An absolute path.</param>
/// <param name="MayReadHome">The unit lets it read home folders.</param>
internal sealed record DaemonProgram(string Path, bool MayReadHome)
{
    private const string FileName = "portokd";

    /// <summary>--exec-path; else PORTOK_DAEMON; else what the installed unit runs; else beside this program; else in PATH.</summary>
    /// <param name="execPath">--exec-path, or null.</param>
    /// <param name="home">--home.</param>
    /// <exception cref="CommandFailure">There is none, or the unit could not reach it.</exception>
    public static DaemonProgram Find(string? execPath, bool home, CliHost host, Machine machine)
    {
        string? installed = machine.Units.ExecPath is { } named && System.IO.Path.GetFileName(named) is FileName ? machine.Programs.Find(named) : null;
        string? path = execPath is null
            ? Given(host.Variable("PORTOK_DAEMON"), machine) ?? installed ?? machine.Programs.Find(System.IO.Path.Combine(AppContext.BaseDirectory, FileName)) ?? machine.Programs.Find(FileName)
            : Given(execPath, machine) ?? throw CommandFailure.WrongUse($"--exec-path '{Printable.Of(execPath)}' is no program that can be executed.");
        if (path is null)
        {
            throw new CommandFailure(ExitCode.Refused, "Program not found", "portokd was not found: not beside portok and not in PATH. --exec-path PATH names it.");
        }

        bool underHome = UnitChoices.IsUnderHome(path);
        bool asBefore = underHome && string.Equals(path, installed, StringComparison.Ordinal);
        return !underHome || home || asBefore
            ? new DaemonProgram(path, home || asBefore)
            : throw new CommandFailure(ExitCode.Refused, "Hidden program", $"{path} lies under a home folder, which the unit hides from daemons (ProtectHome=yes). Copy it to /usr/local/bin, or give --home to let the unit read home folders.");
    }

    private static string? Given(string? path, Machine machine) => path is null ? null : machine.Programs.Find(System.IO.Path.GetFullPath(path));
}
