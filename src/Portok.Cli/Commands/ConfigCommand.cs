using System.CommandLine;
using System.Text.Json.Serialization;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;
using Portok.Settings;

namespace Portok.Cli.Commands;

/// <summary><c>portok config</c>: every setting of an instance, where its value comes from, and what is wrong.</summary>
internal static class ConfigCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        ManagementVerb command = new("config", "Show every setting of an instance and where its value comes from; exit code 1 when one is at fault", options) { name };
        command.SetAction(parsed =>
        {
            Invocation run = new(parsed, options, host);
            ConfigDocument config = Describe(run.Machine.Store.Load(parsed.GetValue(name)!), run.Machine.Folders);
            if (run.Json)
            {
                run.WriteJson(config, CliJson.Readable.ConfigDocument);
            }
            else
            {
                ConfigView.Write(run.Screen, config);
            }

            return config.Faults.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static ConfigDocument Describe(Instance instance, Folders folders)
    {
        HashSet<string> names = SettingCatalogue.All.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        return new ConfigDocument(
            instance.Name,
            instance.File,
            [.. SettingCatalogue.All.Select(d => Describe(d, instance, folders))],
            [.. instance.FileVariables.Keys.Where(n => !names.Contains(n)).Order(StringComparer.Ordinal)],
            instance.Faults,
            instance.Warnings);
    }

    private static SettingDocument Describe(SettingDefinition setting, Instance instance, Folders folders)
    {
        // "NAME=VALUE: must be …" or "NAME is not set: …"
        string? fault = instance.Faults.FirstOrDefault(f => f.StartsWith(setting.Name, StringComparison.Ordinal) && f.Length > setting.Name.Length && f[setting.Name.Length] is '=' or ' ');
        if (instance.FileVariables.TryGetValue(setting.Name, out string? text) && !string.IsNullOrWhiteSpace(text))
        {
            string shown = setting.TryParse(text, out object? value, out _) ? setting.Show(value) : setting.Secret ? "(hidden)" : LogSafe.Shorten(text);
            return new SettingDocument(setting.Name, shown, SettingDocument.FromFile, Live(setting), fault);
        }

        if (setting == SettingCatalogue.InstanceName)
        {
            return new SettingDocument(setting.Name, instance.Name, SettingDocument.FromUnit, Live(setting), fault);
        }

        string? standard = setting.Required ? null : setting == SettingCatalogue.StateFile ? instance.StateFile(folders) : setting.DefaultShown;
        return new SettingDocument(setting.Name, standard, SettingDocument.Default, Live(setting), fault);
    }

    private static bool Live(SettingDefinition setting) => setting.Change == SettingChange.Live;
}

/// <summary>What <c>config --json</c> prints.</summary>
/// <param name="Others">Names in the file that are no settings of portokd; their values may be anybody's secrets.</param>
internal sealed record ConfigDocument(
    string Instance, string File, IReadOnlyList<SettingDocument> Settings, IReadOnlyList<string> Others, IReadOnlyList<string> Faults, IReadOnlyList<string> Warnings);

/// <summary>One setting.</summary>
/// <param name="Value">As a person reads it; a secret as dots; null: required and not there.</param>
/// <param name="Source">"file", "unit" or "default".</param>
/// <param name="Live">A change is followed without a restart.</param>
/// <param name="Fault">What is wrong with it; null: nothing.</param>
internal sealed record SettingDocument(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Value,
    string Source,
    bool Live,
    string? Fault)
{
    public const string FromFile = "file", FromUnit = "unit", Default = "default";
}
