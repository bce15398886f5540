using Portok.Settings;

namespace Portok.Cli.Instances;

/// <summary>One instance as its env file describes it. Immutable.</summary>
/// <param name="Name">Its name, checked.</param>
/// <param name="File">Its env file.</param>
/// <param name="FileVariables">What the file says; empty when it could not be read.</param>
/// <param name="Reading">The settings the unit's daemon would run with, or every fault; warnings of the file's syntax among them.</param>
internal sealed record Instance(string Name, string File, IReadOnlyDictionary<string, string> FileVariables, SettingsReading Reading)
{
    /// <summary>Why the file could not be read at all; null: it was.</summary>
    public string? Unreadable { get; init; }

    public DaemonSettings? Settings => Reading.Settings;

    /// <summary>What keeps the daemon from starting with this file, one line each.</summary>
    public IReadOnlyList<string> Faults => Unreadable is { } reason ? [reason] : Reading.Faults;

    public IReadOnlyList<string> Warnings => Reading.Warnings;

    /// <summary>LISTEN_PORT; null when it is at fault. Known even when other settings are at fault.</summary>
    public int? ListenPort => Port(SettingCatalogue.ListenPort);

    /// <summary>INITIAL_TARGET_PORT; null when it is missing or at fault.</summary>
    public int? TargetPort => Port(SettingCatalogue.InitialTargetPort);

    /// <summary>STATE_FILE, or where it is when the file does not say.</summary>
    public string StateFile(Folders folders) => Value(SettingCatalogue.StateFile.Name) is { } path ? Path.GetFullPath(path) : folders.StateFile(Name);

    /// <param name="text">The env file's text.</param>
    public static Instance Parse(string name, string file, string text)
    {
        EnvironmentFileContent content = EnvironmentFile.Parse(text);
        // portok@.service sets it to the instance's name, in front of the file.
        Dictionary<string, string> variables = new(content.Variables, StringComparer.Ordinal);
        variables.TryAdd(SettingCatalogue.InstanceName.Name, name);
        SettingsReading reading = SettingsReader.Read(variables);
        return new Instance(name, file, content.Variables, reading with { Warnings = [.. content.Warnings, .. reading.Warnings] });
    }

    private string? Value(string name) => FileVariables.TryGetValue(name, out string? value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    private int? Port(Setting<int> setting)
    {
        if (Unreadable is not null)
        {
            return null;
        }

        return Value(setting.Name) is not { } text ? setting.Required ? null : (int?)setting.DefaultValue
            : setting.TryParse(text, out object? port, out _) ? (int?)port
            : null;
    }
}
