using Portok.Cli.Doctor.Daemons;
using Portok.Cli.Doctor.Machines;
using Portok.Cli.Instances;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor;

/// <summary>Every check, in the order a fault is best mended: what others need comes first.</summary>
internal static class CheckList
{
    public static IReadOnlyList<CheckSection> For(MachineFacts machine, IReadOnlyList<Instance> instances, CancellationToken cancellation) =>
    [
        new CheckSection(Instance: null,
        [
            new ProgramsCheck(machine),
            new NpmCheck(machine),
            new AccountCheck(machine),
            new FolderCheck(machine, "config", machine.Folders.Config, ofTheService: false),
            new FolderCheck(machine, "state", machine.Folders.State, ofTheService: true),
            new SystemdCheck(machine),
            new UnitCheck(machine, "unit", UnitFile.Service),
            new UnitCheck(machine, "socket", UnitFile.Socket),
            new ExecStartCheck(machine),
            new DiskCheck(machine),
            new ClockCheck(machine),
            new InstancesCheck(machine),
        ]),
        .. instances.Select(instance => new CheckSection(instance.Name, Of(machine, new InstanceFacts(machine, instance, cancellation)))),
    ];

    private static IReadOnlyList<ICheck> Of(MachineFacts machine, InstanceFacts instance) =>
        machine.Npm?.Instances.Any(npm => string.Equals(npm.Name, instance.Name, StringComparison.Ordinal)) == true ? OfNpm(instance) : OfOurs(instance);

    /// <summary>What tells whether it runs, and can be taken over; the rest would be about a daemon that is not there yet.</summary>
    private static IReadOnlyList<ICheck> OfNpm(InstanceFacts instance) => [new SettingsCheck(instance), new ServiceCheck(instance), new PortCheck(instance), new TargetCheck(instance)];

    private static IReadOnlyList<ICheck> OfOurs(InstanceFacts instance) =>
    [
        new SettingsCheck(instance),
        new SecretsCheck(instance),
        new ServiceCheck(instance),
        new PortCheck(instance),
        new DaemonCheck(instance),
        new TokenCheck(instance),
        new TargetCheck(instance),
        new StateCheck(instance),
        new DescriptorsCheck(instance),
        new HardeningCheck(instance),
    ];
}
