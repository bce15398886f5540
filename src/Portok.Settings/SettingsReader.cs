namespace Portok.Settings;

/// <summary>What reading a set of variables gave: settings, or every fault found; warnings either way.</summary>
public sealed record SettingsReading(DaemonSettings? Settings, IReadOnlyList<string> Faults, IReadOnlyList<string> Warnings);

/// <summary>Turns variables into settings. Finds all faults, not only the first; opens and writes nothing.</summary>
public static class SettingsReader
{
    /// <summary>Reads every variable of the catalogue.</summary>
    /// <param name="variables">Names and values; an empty value counts as not set.</param>
    public static SettingsReading Read(IReadOnlyDictionary<string, string> variables)
    {
        List<string> faults = [];
        Dictionary<SettingDefinition, object?> values = [];
        HashSet<SettingDefinition> bad = [];
        foreach (SettingDefinition definition in SettingCatalogue.All)
        {
            if (ReadOne(definition, variables, out object? value) is { } fault)
            {
                faults.Add(fault);
                bad.Add(definition);
            }

            values[definition] = value;
        }

        DaemonSettings settings = new(values);
        faults.AddRange(Contradictions.Find(settings, usable: definition => !bad.Contains(definition)));
        List<string> warnings = [.. UnknownNames.Find(variables.Keys)];
        if (faults.Count > 0)
        {
            return new SettingsReading(null, faults, warnings);
        }

        warnings.AddRange(DoubtfulSettings.Find(settings));
        return new SettingsReading(settings, faults, warnings);
    }

    private static string? ReadOne(SettingDefinition definition, IReadOnlyDictionary<string, string> variables, out object? value)
    {
        value = definition.DefaultValue;
        // "NAME=" in an environment file is how people switch a line off without deleting it.
        if (!variables.TryGetValue(definition.Name, out string? text) || string.IsNullOrWhiteSpace(text))
        {
            return definition.Required ? $"{definition.Name} is not set: must be {definition.Allowed}" : null;
        }

        if (definition.TryParse(text, out object? parsed, out string? detail))
        {
            value = parsed;
            return null;
        }

        string shown = definition.Secret ? "(hidden)" : LogSafe.Shorten(text);
        return $"{definition.Name}={shown}: must be {definition.Allowed}{(detail is null ? "" : $"; {detail}")}";
    }
}
