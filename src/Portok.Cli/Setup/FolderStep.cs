using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Cli.Instances;
using Portok.Cli.Processes;
using Portok.Linux.Files;

namespace Portok.Cli.Setup;

/// <summary>One folder with its mode and, in the system's own places, its owner.</summary>
/// <param name="what">"env files": reads after "the folder of".</param>
/// <param name="ofTheService">It belongs to the service's user, not only to its group.</param>
internal sealed class FolderStep(Machine machine, string name, string what, string path, UnixFileMode mode, bool ofTheService) : ISetupStep
{
    public string Name => name;

    public async Task<StepFinding> LookAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(path))
        {
            return new StepFinding(Needed: true, $"Make {path} ({Modes.Octal(mode)}), the folder of {what}", $"Made {path} ({Modes.Octal(mode)}), the folder of {what}");
        }

        // The folder of all units is systemd's; how it is kept is not portok's affair.
        UnixFileMode now = File.GetUnixFileMode(path);
        if (now != mode && mode != Modes.PublicFolder)
        {
            string change = $"the mode of {path} from {Modes.Octal(now)} to {Modes.Octal(mode)}";
            return new StepFinding(Needed: true, $"Change {change}", $"Changed {change}");
        }

        string wanted = ofTheService ? $"{ServiceAccount.Name}:{ServiceAccount.Name}" : $"root:{ServiceAccount.Name}";
        return mode != Modes.PublicFolder && await OwnerAsync(cancellation).ConfigureAwait(false) is { } owner && !string.Equals(owner, wanted, StringComparison.Ordinal)
            ? new StepFinding(Needed: true, $"Give {path} to {wanted} (it is {owner}'s)", $"Gave {path} to {wanted} (it was {owner}'s)")
            : new StepFinding(Needed: false, $"{path}, the folder of {what}, is there");
    }

    public async Task DoAsync(CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, mode);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Refused(path, failure);
        }

        if (mode == Modes.PublicFolder || await machine.Account.GroupAsync(cancellation).ConfigureAwait(false) is not { } group)
        {
            return;
        }

        const int root = 0;
        int user = !ofTheService ? root : await machine.Account.UserAsync(cancellation).ConfigureAwait(false) is { } id ? id : FileOwner.Unchanged;
        if (FileOwner.Set(path, user, group) is { Ok: false } refused)
        {
            throw new CommandFailure(ExitCode.Refused, "Not owned", $"{path} cannot be given to the user portok: {refused.Error}");
        }
    }

    /// <summary>"user:group"; null where files are given to nobody.</summary>
    private async Task<string?> OwnerAsync(CancellationToken cancellation)
    {
        if (!machine.Account.Owns)
        {
            return null;
        }

        ProgramResult found = await machine.Programs.RunAsync("stat", ["--format=%U:%G", "--", path], cancellation).ConfigureAwait(false);
        return found.Ok ? found.Out.Trim() : null;
    }
}
