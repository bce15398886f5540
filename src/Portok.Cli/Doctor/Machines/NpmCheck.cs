namespace Portok.Cli.Doctor.Machines;

/// <summary>npm portok is still installed as a service here.</summary>
internal sealed class NpmCheck(MachineFacts machine) : ICheck
{
    public string Name => "npm portok";

    public Task<Finding?> LookAsync(CancellationToken cancellation) => Task.FromResult(
        machine.Npm is { } old
            ? Finding.Warning("The units here are npm portok's", machine.AsAdministrator("portok init --take-over"), [.. old.Units.Select(u => $"{u.File} runs {u.Command}"), "'portok init --dry-run' shows what would be done."])
            : null);
}
