using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Cli.Instances;

namespace Portok.Cli.Units;

/// <summary>How an installed unit compares with what it should be.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Path">The file that counts, or where it would be written.</param>
/// <param name="Installed">The text of the file; null: there is none.</param>
/// <param name="Current">What it should say.</param>
/// <param name="FromPackage">The file that counts is the package's, not the administrator's.</param>
internal sealed record UnitComparison(string Unit, string Path, string? Installed, string Current, bool FromPackage)
{
    public bool IsInstalled => Installed is not null;

    public bool IsCurrent => string.Equals(Installed, Current, StringComparison.Ordinal);

    /// <summary>What an upgrade would change, line by line with '-' and '+'; empty when nothing or all of it is new.</summary>
    public IReadOnlyList<string> Difference => Installed is null ? [] : LineDifference.Between(Installed, Current);
}

/// <summary>The template units on this machine.</summary>
internal sealed class InstalledUnits(Folders folders)
{
    /// <summary>The file that systemd takes for a template: the administrator's, else the package's; null: not installed.</summary>
    public string? FileOf(string unit) => Places(unit).FirstOrDefault(File.Exists);

    /// <summary>The program the installed service runs; null when it is not installed.</summary>
    public string? ExecPath => FileOf(UnitFile.Service) is { } file && ReadIfAllowed(file) is { } text ? UnitFile.ExecPathOf(text) : null;

    /// <summary>Compares a unit with what it should be on this machine.</summary>
    public UnitComparison Compare(string unit, UnitChoices choices)
    {
        string own = Path.Combine(folders.Systemd, unit);
        string? file = FileOf(unit);
        return new UnitComparison(unit, file ?? own, file is null ? null : ReadIfAllowed(file), UnitFile.Text(unit, choices), file is not null && !string.Equals(file, own, StringComparison.Ordinal));
    }

    /// <summary>Writes the administrator's copy of a unit; systemd does not know of it before a daemon-reload.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public string Write(string unit, UnitChoices choices)
    {
        string path = Path.Combine(folders.Systemd, unit);
        WholeFile.Write(path, UnitFile.Text(unit, choices), Modes.UnitFile);
        return path;
    }

    private IEnumerable<string> Places(string unit) => ((string[])[folders.Systemd, .. folders.OfThePackage]).Select(folder => Path.Combine(folder, unit));

    private static string? ReadIfAllowed(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
