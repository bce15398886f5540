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
        .. instances.Select(instance => new CheckSection(instance.Name, Of(new InstanceFacts(machine, instance, cancellation)))),
    ];

    private static IReadOnlyList<ICheck> Of(InstanceFacts instance) =>
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
