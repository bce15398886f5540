using Portok.Cli.CommandLine;
using Portok.Cli.Processes;

namespace Portok.Cli.Doctor.Machines;

/// <summary>portokd is found, runs, and is of the same version as this portok.</summary>
internal sealed class ProgramsCheck(MachineFacts machine) : ICheck
{
    private const string Daemon = "portokd";

    public string Name => "programs";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (Find() is not { } file)
        {
            return Finding.Fault("portokd was not found", $"install portokd {ProductVersion.Text}, then: {machine.AsAdministrator("portok init")}", "Not named by the unit, not beside portok, not in PATH.");
        }

        ProgramResult said = await machine.Machine.Programs.RunAsync(file, ["--version"], cancellation).ConfigureAwait(false);
        if (!said.Ok || said.Out.Trim().Split(' ') is not [Daemon, { } version])
        {
            return Finding.Fault($"{file} does not say that it is portokd", $"install portokd {ProductVersion.Text} as {file}, then: portok doctor", $"'{file} --version' said: {said.Complaint}");
        }

        string own = ProductVersion.Text;
        return string.Equals(version, own, StringComparison.Ordinal)
            ? Finding.Ok($"portok and portokd {own}", file)
            : Finding.Warning($"portok is {own}, portokd is {version}", mend: null, file, "Install both from the same release.");
    }

    /// <summary>What the unit runs counts; without a unit, what init would choose.</summary>
    private string? Find()
    {
        string?[] candidates = [machine.Machine.Units.ExecPath is { } unit && Path.GetFileName(unit) is Daemon ? unit : null, machine.Host.Variable("PORTOK_DAEMON"), Path.Combine(AppContext.BaseDirectory, Daemon), Daemon];
        return candidates.OfType<string>().Select(machine.Machine.Programs.Find).FirstOrDefault(found => found is not null);
    }
}
