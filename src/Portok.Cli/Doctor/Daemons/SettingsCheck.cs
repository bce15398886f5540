using Portok.Cli.Rendering;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>The env file is one a daemon would start with; all its faults and warnings.</summary>
internal sealed class SettingsCheck(InstanceFacts instance) : ICheck
{
    public string Name => "settings";

    public Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        string file = instance.Instance.File;
        string edit = instance.Machine.AsAdministrator($"portok edit {instance.Name}");
        Finding finding = instance.Instance switch
        {
            { Unreadable: { } reason } => Finding.Unknown("not readable", reason),
            { Faults: { Count: > 0 } faults } => Finding.Fault($"{file} has {Wording.Count(faults.Count, "fault")}: a daemon does not start with it", edit, [.. faults, .. instance.Instance.Warnings.Select(w => $"Warning: {w}")]),
            { Warnings: { Count: > 0 } warnings } => Finding.Warning($"{file} can be used, but is hardly meant so", edit, warnings),
            _ => Finding.Ok($"{file}, {Wording.Count(instance.Instance.FileVariables.Count, "setting")}"),
        };
        return Task.FromResult<Finding?>(finding);
    }
}
