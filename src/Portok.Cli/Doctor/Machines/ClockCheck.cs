using Portok.Cli.CommandLine;
using Portok.Cli.Processes;
using Portok.Cli.Rendering;

namespace Portok.Cli.Doctor.Machines;

/// <summary>The clock is kept right: rollback windows and "12 s ago" count on it.</summary>
internal sealed class ClockCheck(MachineFacts machine) : ICheck
{
    public string Name => "clock";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        TimeProvider time = machine.Host.Time;
        string now = Wording.Local(time.GetUtcNow(), time.LocalTimeZone);
        ProgramResult said;
        try
        {
            said = await machine.Machine.Programs.RunAsync("timedatectl", ["show", "--property=NTPSynchronized", "--value"], cancellation).ConfigureAwait(false);
        }
        catch (CommandFailure)
        {
            return NotKnown(now, "There is no timedatectl on this machine.");
        }

        return (said.Ok, said.Out.Trim()) switch
        {
            (true, "yes") => Finding.Ok($"{now}, kept by a time service"),
            (true, "no") => Finding.Warning($"{now}, not kept by a time service", await MendAsync(cancellation).ConfigureAwait(false), "Rollback windows are saved as times: a clock that jumps ends them early or late."),
            _ => NotKnown(now, $"timedatectl: {said.Complaint.Split('\n')[0]}"),
        };
    }

    /// <summary>timedatectl can only start a time service that is installed.</summary>
    private async Task<string> MendAsync(CancellationToken cancellation)
    {
        ProgramResult able = await machine.Machine.Programs.RunAsync("timedatectl", ["show", "--property=CanNTP", "--value"], cancellation).ConfigureAwait(false);
        return able.Out.Trim() is "no" ? "install a time service, such as systemd-timesyncd or chrony" : machine.AsAdministrator("timedatectl set-ntp true");
    }

    private static Finding NotKnown(string now, string why) => Finding.Unknown($"{now}; whether a time service keeps it is not known", why);
}
