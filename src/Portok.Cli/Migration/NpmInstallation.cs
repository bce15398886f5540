using Portok.Cli.Instances;
using Portok.Settings;

namespace Portok.Cli.Migration;

/// <summary>npm portok as it was installed on this machine: its units and the instances they run.</summary>
internal sealed record NpmInstallation(IReadOnlyList<NpmUnit> Units, IReadOnlyList<NpmInstance> Instances)
{
    /// <summary>Looks into the folders of units and env files; changes nothing.</summary>
    /// <returns>Null: there is no unit of npm portok here.</returns>
    /// <exception cref="CommandLine.CommandFailure">This user may not look into the folder of env files.</exception>
    public static NpmInstallation? Find(Machine machine)
    {
        List<NpmUnit> units = FindUnits(machine.Folders.Systemd);
        if (units.Count == 0)
        {
            return null;
        }

        NpmUnit? template = units.FirstOrDefault(u => u.Instance is null);
        List<NpmInstance> instances = [];
        foreach (Instance instance in machine.Store.LoadAll())
        {
            if ((units.FirstOrDefault(u => string.Equals(u.Instance, instance.Name, StringComparison.Ordinal)) ?? template) is { } unit)
            {
                instances.Add(new NpmInstance(instance, unit, machine.Folders));
            }
        }

        return new NpmInstallation(units, instances);
    }

    private static List<NpmUnit> FindUnits(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        List<NpmUnit> units = [];
        foreach (string file in Directory.EnumerateFiles(folder, "portok@*.service").Order(StringComparer.Ordinal))
        {
            if (NpmUnit.Read(file, ReadIfAllowed(file)) is { } unit)
            {
                units.Add(unit);
            }
        }

        return units;
    }

    private static string ReadIfAllowed(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

/// <summary>An instance that npm portok runs.</summary>
internal sealed class NpmInstance(Instance instance, NpmUnit unit, Folders folders)
{
    private const string NpmDefaultName = "default";

    public Instance Instance { get; } = instance;

    public NpmUnit Unit { get; } = unit;

    public string Name => Instance.Name;

    /// <summary>Where npm portok saves its state: by STATE_FILE, else by INSTANCE_NAME, which is "default" where nobody sets it.</summary>
    public string OldStateFile => Given(SettingCatalogue.StateFile.Name)
        ?? folders.StateFile(Given(SettingCatalogue.InstanceName.Name) ?? Unit.InstanceNameFor(Name) ?? NpmDefaultName);

    /// <summary>Where the new daemon looks for it; its unit sets INSTANCE_NAME to the instance's own name.</summary>
    public string NewStateFile => Given(SettingCatalogue.StateFile.Name) ?? folders.StateFile(Given(SettingCatalogue.InstanceName.Name) ?? Name);

    private string? Given(string name) => Instance.FileVariables.TryGetValue(name, out string? value) && !string.IsNullOrWhiteSpace(value) ? value : null;
}
