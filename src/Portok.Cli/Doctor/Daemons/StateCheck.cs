using Portok.Cli.Doctor.Sources;
using Portok.Cli.Instances;
using Portok.Cli.Migration;
using Portok.Cli.Rendering;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>The saved state can be used, says what the daemon says, and is not of the future.</summary>
internal sealed class StateCheck(InstanceFacts instance) : ICheck
{
    /// <summary>ROLLBACK_WINDOW_MS is a day at most.</summary>
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    public string Name => "state";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (instance.Instance.Unreadable is not null)
        {
            return null;
        }

        string file = instance.Instance.StateFile(instance.Machine.Folders);
        if (!IsVisible(file))
        {
            return Finding.Unknown("this user may not look into the folder; run it with sudo", file);
        }

        SavedStateFile saved = instance.Saved;
        if (!saved.Exists)
        {
            return await ClosedAsync(file, cancellation).ConfigureAwait(false) ?? Finding.Ok($"{file}: none yet, INITIAL_TARGET_PORT counts");
        }

        string restart = instance.Machine.AsAdministrator($"portok restart {instance.Name}");
        if (saved.Fault is { } fault)
        {
            return Finding.Fault($"{file} {fault}", restart, Fallback(file));
        }

        if (FromTheFuture(saved, instance.Machine.Host.Time.GetUtcNow()) is { } future)
        {
            return Finding.Warning($"{file} is ahead of this machine's clock", "timedatectl", future);
        }

        if (instance.HasAddress && (await instance.ReplyAsync().ConfigureAwait(false)).Status is { } status && status.ActivePort != saved.ActivePort)
        {
            return Finding.Warning($"{file} says {saved.ActivePort}, the daemon says {status.ActivePort}", restart, "It was changed while the daemon ran, or the daemon writes another file (STATE_FILE in its environment).");
        }

        if (await ClosedAsync(file, cancellation).ConfigureAwait(false) is { } closed)
        {
            return closed;
        }

        string[] aside = SetAside(file);
        string words = saved.FromNpm ? $"{file}: active port {saved.ActivePort}, written by npm portok" : $"{file}: active port {saved.ActivePort}";
        return aside.Length == 0
            ? Finding.Ok(words)
            : Finding.Warning(words, $"{instance.Machine.AsAdministrator("rm")} {string.Join(' ', aside)}", $"{Wording.Count(aside.Length, "unusable state")} set aside earlier. Delete when you have looked.");
    }

    /// <summary>What is in the file that cannot have happened yet; null: nothing.</summary>
    internal static string? FromTheFuture(SavedStateFile saved, DateTimeOffset now)
    {
        if (saved.LastSwitchAt is { } at && at > now + ClockSlack)
        {
            return $"The last switch is dated {Wording.In(at - now)}.";
        }

        return saved.WindowUntil is { } until && until > now + LongestWindow + ClockSlack ? $"A rollback window ends {Wording.In(until - now)}." : null;
    }

    /// <summary>A folder of the administrator's choice that the daemon may not write to; the usual one has a check of its own.</summary>
    private async Task<Finding?> ClosedAsync(string file, CancellationToken cancellation)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (instance.Machine.Folders.IsMoved || string.Equals(folder, instance.Machine.Folders.State, StringComparison.Ordinal) || await instance.ServiceAsync().ConfigureAwait(false) is not { } service)
        {
            return null;
        }

        string words = $"{folder} is closed to the daemon: every switch will be refused";
        string restart = $"portok restart {instance.Name}";
        if (service["ProtectSystem"] is "strict" && !service["ReadWritePaths"].Split(' ').Any(open => ClosedPaths.LiesIn(folder, open.TrimStart('-', '+'))))
        {
            return Finding.Fault(words, instance.Machine.AsAdministrator([.. Overlay.Commands(instance.Machine.Folders, service.Id, "paths", $"ReadWritePaths={folder}"), restart]), $"{service.Id} lets it write in {instance.Machine.Folders.State} only.");
        }

        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return Directory.Exists(folder) && (await FileRights.OfAsync(folder, instance.Machine.Machine.Programs, cancellation).ConfigureAwait(false)).Allow(ServiceAccount.Name, write)
            ? null
            : Finding.Fault(words, instance.Machine.AsAdministrator([$"install -d -o {ServiceAccount.Name} -g {ServiceAccount.Name} -m 750 {folder}", restart]));
    }

    private string Fallback(string file) => SavedStateFile.Read(file + ".previous") is { IsGood: true, ActivePort: { } port }
        ? $"At its next start the daemon sets the file aside and goes on with the previous state: port {port}."
        : $"At its next start the daemon sets the file aside and begins with INITIAL_TARGET_PORT {instance.Instance.TargetPort}.";

    private static string[] SetAside(string file)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + ".bad-*").Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether "there is none" can be told from "not for this user": the folder can be entered.</summary>
    private static bool IsVisible(string file)
    {
        string? folder = Path.GetDirectoryName(file);
        if (folder is null || !Directory.Exists(folder))
        {
            return true;
        }

        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
