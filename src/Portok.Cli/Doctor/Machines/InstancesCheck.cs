using Portok.Cli.Rendering;

namespace Portok.Cli.Doctor.Machines;

/// <summary>There are instances to look at, and this user may see them.</summary>
internal sealed class InstancesCheck(MachineFacts machine) : ICheck
{
    public string Name => "instances";

    public Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        Finding finding = (machine.NotListed, machine.Instances.Count) switch
        {
            ({ } reason, _) => Finding.Unknown("not known", reason),
            (_, 0) => Finding.Warning("there is none yet", machine.AsAdministrator("portok add NAME")),
            (_, var count) => Finding.Ok($"{Wording.Count(count, "instance")}: {string.Join(", ", machine.Instances.Select(i => i.Name))}"),
        };
        return Task.FromResult<Finding?>(finding);
    }
}
