using Portok.Cli.CommandLine;
using Portok.Cli.Doctor.Sources;
using Portok.Cli.Instances;

namespace Portok.Cli.Setup;

/// <summary>Whether the service's account can run a program: it has to pass every folder above it, and home folders are often closed.</summary>
internal sealed class Reachability(Machine machine)
{
    private const string TheirOwnPlace = "/usr/local/bin";

    /// <summary>What is in the way, with what mends it; null: nothing, or files are not the account's affair here.</summary>
    /// <param name="program">An absolute path of a program that is there.</param>
    /// <exception cref="CommandFailure">This user may not look.</exception>
    public async Task<ReachObstacle?> LookAsync(string program, CancellationToken cancellation)
    {
        if (machine.Folders.IsMoved || await IsRunAsync(program, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        List<string> closed = [], words = [];
        foreach (string path in WayTo(program))
        {
            FileRights rights = await FileRights.OfAsync(path, machine.Programs, cancellation).ConfigureAwait(false);
            if (!rights.Allow(ServiceAccount.Name, UnixFileMode.UserExecute))
            {
                closed.Add(path);
                words.Add($"{path} ({rights.Described})");
            }
        }

        // In /root nobody else has any business.
        string moved = $"{TheirOwnPlace}/{Path.GetFileName(program)}";
        return closed.Count == 0 ? null : new ReachObstacle(
            $"{string.Join(" and ", words)} {(closed.Count == 1 ? "is" : "are")} closed to the user {ServiceAccount.Name}, who has to run {program}",
            closed.Exists(path => path is "/root") ? [$"install -m 755 {program} {moved}", $"portok init --exec-path {moved}"] : [$"chmod o+x {string.Join(' ', closed)}"]);
    }

    /// <summary>The kernel's own word for it, access lists and other groups included; false as well where it cannot be asked.</summary>
    private async Task<bool> IsRunAsync(string program, CancellationToken cancellation)
    {
        if (await machine.Account.UserAsync(cancellation).ConfigureAwait(false) is null || await machine.Account.GroupAsync(cancellation).ConfigureAwait(false) is null)
        {
            return false;
        }

        try
        {
            string[] arguments = [$"--reuid={ServiceAccount.Name}", $"--regid={ServiceAccount.Name}", "--init-groups", "--", "test", "-x", program];
            return (await machine.Programs.RunAsync("setpriv", arguments, cancellation).ConfigureAwait(false)).Ok;
        }
        catch (CommandFailure)
        {
            return false;
        }
    }

    /// <summary>From the root's first folder down to the program itself.</summary>
    private static IEnumerable<string> WayTo(string program)
    {
        for (int slash = program.IndexOf('/', 1); slash > 0; slash = program.IndexOf('/', slash + 1))
        {
            yield return program[..slash];
        }

        yield return program;
    }
}

/// <summary>Why the service's account does not get to a program.</summary>
/// <param name="Mend">The commands that let it, one after the other.</param>
internal sealed record ReachObstacle(string Words, IReadOnlyList<string> Mend);
