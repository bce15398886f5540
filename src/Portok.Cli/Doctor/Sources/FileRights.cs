using System.Globalization;
using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Cli.Processes;

namespace Portok.Cli.Doctor.Sources;

/// <summary>Who may do what with a file or folder, by stat(1): .NET does not say whose a file is.</summary>
/// <param name="User">The owner's name.</param>
/// <param name="Group">The group's name.</param>
internal sealed record FileRights(string User, string Group, UnixFileMode Mode)
{
    private const UnixFileMode OfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>"portok:portok 0750".</summary>
    public string Described => $"{User}:{Group} {Modes.Octal(Mode)}";

    /// <summary>Everybody on this machine may do something with it.</summary>
    public bool IsOpenToOthers => (Mode & OfOthers) != UnixFileMode.None;

    /// <summary>Whether a user with one group of the same name may do something.</summary>
    /// <param name="rights">As the owner's: UserRead, UserWrite, UserExecute.</param>
    public bool Allow(string account, UnixFileMode rights)
    {
        const int toGroup = 3, toOthers = 6;
        int shift = string.Equals(User, account, StringComparison.Ordinal) ? 0 : string.Equals(Group, account, StringComparison.Ordinal) ? toGroup : toOthers;
        UnixFileMode wanted = (UnixFileMode)((int)rights >> shift);
        return (Mode & wanted) == wanted;
    }

    /// <exception cref="CommandFailure">It cannot be looked at.</exception>
    public static async Task<FileRights> OfAsync(string path, ProgramRunner programs, CancellationToken cancellation)
    {
        ProgramResult shown = await programs.RunAsync("stat", ["--printf=%U\\t%G\\t%a", "--", path], cancellation).ConfigureAwait(false);
        string[] fields = shown.Out.Split('\t');
        return shown.Ok && fields.Length == 3
            ? new FileRights(fields[0], fields[1], (UnixFileMode)Convert.ToInt32(fields[2].Trim(), 8))
            : throw new CommandFailure(ExitCode.Refused, "Not seen", string.Create(CultureInfo.InvariantCulture, $"{path} cannot be looked at: {Printable.Of(shown.Complaint)}"));
    }
}
