namespace Portok.Settings;

/// <summary>One changed setting, in words that hide secrets.</summary>
public sealed record SettingDifference(string Name, string From, string To);

/// <summary>What a fresh reading means for running settings.</summary>
/// <param name="Settings">What to run with from now on: the running settings with every live change taken over.</param>
/// <param name="Followed">Changes that are live.</param>
/// <param name="AfterRestart">Changes that only a restart will follow.</param>
public sealed record SettingsReload(DaemonSettings Settings, IReadOnlyList<SettingDifference> Followed, IReadOnlyList<SettingDifference> AfterRestart)
{
    /// <summary>Compares settings in use with freshly read ones. Pure.</summary>
    public static SettingsReload Compare(DaemonSettings running, DaemonSettings fresh)
    {
        List<SettingDefinition> changed = [.. SettingCatalogue.All.Where(d => !d.Same(running[d], fresh[d]))];
        List<SettingDefinition> live = [.. changed.Where(d => d.Change == SettingChange.Live)];
        return new SettingsReload(
            running.With(live, fresh),
            [.. live.Select(Describe)],
            [.. changed.Where(d => d.Change == SettingChange.Restart).Select(Describe)]);

        SettingDifference Describe(SettingDefinition definition)
            => new(definition.Name, LogSafe.Shorten(definition.Show(running[definition])), LogSafe.Shorten(definition.Show(fresh[definition])));
    }
}
