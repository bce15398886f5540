using Portok.Cli.Files;
using Portok.Settings;

namespace Portok.Cli.Instances;

/// <summary>What lies on the disk because of instances, and deleting it.</summary>
internal static class InstanceFiles
{
    /// <summary>What a daemon puts beside its state file.</summary>
    private static readonly string[] Beside = ["", ".previous", ".tmp", ".previous.tmp", ".lock"];

    /// <summary>The saved state with its previous generation, lock and what was set aside; only files that are there.</summary>
    public static IReadOnlyList<string> OfState(string stateFile)
    {
        IEnumerable<string> setAside = Directory.Exists(Path.GetDirectoryName(stateFile))
            ? Directory.EnumerateFiles(Path.GetDirectoryName(stateFile)!, Path.GetFileName(stateFile) + "*.bad-*")
            : [];
        return [.. Beside.Select(end => stateFile + end).Where(File.Exists), .. setAside.Order(StringComparer.Ordinal)];
    }

    /// <summary>Everything of one instance that is there.</summary>
    public static IReadOnlyList<string> Of(Instance instance, Machine machine, bool keepState)
    {
        string[] own = [instance.File, machine.SocketDropIn.FileOf(instance.Name)];
        // systemd deletes the socket with its RuntimeDirectory=; with moved folders it lies beside the state.
        string[] state = keepState ? [] : [.. OfState(instance.StateFile(machine.Folders)), machine.Folders.AdminSocket(instance.Name)];
        return [.. own.Concat(state).Where(File.Exists)];
    }

    /// <summary>Saved states in the state folder, of instances that are there and of those that were removed.</summary>
    public static IReadOnlyList<string> OfAllStates(Folders folders)
    {
        const string extension = ".json";
        if (!Directory.Exists(folders.State))
        {
            return [];
        }

        return [.. Directory.EnumerateFiles(folders.State, "*" + extension + "*").Where(IsState).Order(StringComparer.Ordinal)];

        static bool IsState(string file)
        {
            string name = Path.GetFileName(file);
            int end = name.IndexOf(extension, StringComparison.Ordinal);
            return InstanceName.IsValid(name[..end]) && name[(end + extension.Length)..] is "" or ['.', ..];
        }
    }

    /// <exception cref="CommandLine.CommandFailure">One cannot be deleted; those before it have been.</exception>
    public static void Delete(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw WholeFile.Refused(file, failure);
            }
        }
    }
}
