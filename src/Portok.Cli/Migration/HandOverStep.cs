using Portok.Cli.CommandLine;
using Portok.Cli.Doctor.Sources;
using Portok.Cli.Files;
using Portok.Cli.Instances;
using Portok.Cli.Setup;
using Portok.Linux.Files;

namespace Portok.Cli.Migration;

/// <summary>Gives an instance's env file and state to the service's account, as a new instance's are. What they say is not touched.</summary>
internal sealed class HandOverStep(Machine machine, NpmInstance instance) : ISetupStep
{
    public string Name => "hand-over";

    public async Task<StepFinding> LookAsync(CancellationToken cancellation)
    {
        string[] files = [.. await WrongAsync(cancellation).ConfigureAwait(false)];
        string all = string.Join(" and ", files);
        return files.Length == 0
            ? new StepFinding(Needed: false, $"{instance.Instance.File} keeps its ports and token, {instance.Name}'s files belong to the right account")
            : new StepFinding(Needed: true, $"Give {all} to the service's account; what they say stays", $"Gave {all} to the service's account; what they say has stayed");
    }

    public async Task DoAsync(CancellationToken cancellation)
    {
        int? user = await machine.Account.UserAsync(cancellation).ConfigureAwait(false);
        int? group = await machine.Account.GroupAsync(cancellation).ConfigureAwait(false);
        foreach (string file in await WrongAsync(cancellation).ConfigureAwait(false))
        {
            bool isEnv = string.Equals(file, instance.Instance.File, StringComparison.Ordinal);
            int owner = isEnv || user is null ? FileOwner.Unchanged : user.Value;
            if (FileOwner.Set(file, owner, group ?? FileOwner.Unchanged) is { Ok: false } refused)
            {
                throw new CommandFailure(ExitCode.Refused, "Not owned", $"{file} cannot be given to the user portok: {refused.Error}");
            }

            try
            {
                File.SetUnixFileMode(file, Modes.EnvFile);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw WholeFile.Refused(file, failure);
            }
        }
    }

    /// <summary>The files that do not belong to the account, or are open to others.</summary>
    private async Task<IReadOnlyList<string>> WrongAsync(CancellationToken cancellation)
    {
        List<string> wrong = [];
        foreach (string file in ((string[])[instance.Instance.File, instance.OldStateFile, instance.NewStateFile]).Distinct(StringComparer.Ordinal).Where(File.Exists))
        {
            FileRights rights = await FileRights.OfAsync(file, machine.Programs, cancellation).ConfigureAwait(false);
            bool isEnv = string.Equals(file, instance.Instance.File, StringComparison.Ordinal);
            bool reaches = !machine.Account.Owns || rights.Allow(ServiceAccount.Name, isEnv ? UnixFileMode.UserRead : UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (!reaches || (isEnv && rights.IsOpenToOthers))
            {
                wrong.Add(file);
            }
        }

        return wrong;
    }
}
