using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Settings;

namespace Portok.Cli.Instances;

/// <summary>The env files in the configuration folder: lists, reads and writes them.</summary>
internal sealed class InstanceStore(Folders folders)
{
    private const string Extension = ".env";
    private const int MaxFileBytes = 1024 * 1024;

    public Folders Folders { get; } = folders;

    /// <summary>The names of all instances, in order; none when there is no folder. Files whose names are no instance's are passed over.</summary>
    /// <exception cref="CommandFailure">The folder may not be read.</exception>
    public IReadOnlyList<string> Names()
    {
        try
        {
            return [.. Directory.EnumerateFiles(Folders.Config, "*" + Extension).Select(f => Path.GetFileNameWithoutExtension(f)).Where(InstanceName.IsValid).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NotAllowed, "Not allowed", $"{Folders.Config} is not readable for this user. Run it with sudo.");
        }
    }

    /// <summary>The names, or none when they cannot be known: for suggestions.</summary>
    public IReadOnlyList<string> NamesIfReadable()
    {
        try
        {
            return Names();
        }
        catch (Exception unreadable) when (unreadable is CommandFailure or IOException)
        {
            return [];
        }
    }

    public bool Exists(string instance) => File.Exists(Folders.EnvFile(instance));

    /// <summary>Every instance; one whose file cannot be read is among them, with the reason.</summary>
    public IReadOnlyList<Instance> LoadAll() => [.. Names().Select(LoadOrExplain)];

    /// <summary>One instance, its settings good or not.</summary>
    /// <exception cref="CommandFailure">There is none of that name (with the nearest one), or its file cannot be read.</exception>
    public Instance Load(string instance) => Instance.Parse(instance, Folders.EnvFile(instance), ReadText(instance));

    /// <summary>The text of an instance's env file.</summary>
    /// <exception cref="CommandFailure">There is none of that name (with the nearest one), or its file cannot be read.</exception>
    public string ReadText(string instance)
    {
        string file = Folders.EnvFile(instance);
        try
        {
            using FileStream stream = File.OpenRead(file);
            if (stream.CanSeek && stream.Length > MaxFileBytes)
            {
                throw new CommandFailure(ExitCode.Refused, "Instance not readable", $"{file} is larger than 1 MiB; that is no env file.");
            }

            using StreamReader reader = new(stream);
            return reader.ReadToEnd();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unknown(instance);
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NotAllowed, "Instance not readable", $"{file} is not readable for this user. Run it with sudo, or give --url and --token.");
        }
        catch (IOException failure)
        {
            throw new CommandFailure(ExitCode.Refused, "Instance not readable", $"{file} cannot be read: {failure.Message}");
        }
    }

    /// <summary>Writes an instance's env file whole, mode 0640.</summary>
    /// <param name="group">The id of the service's group, which reads it; null: leave it to the system.</param>
    /// <exception cref="CommandFailure">It cannot be written; the old file is untouched.</exception>
    public void Write(string instance, string text, int? group) => WholeFile.Write(Folders.EnvFile(instance), text, Modes.EnvFile, group);

    private Instance LoadOrExplain(string instance)
    {
        try
        {
            return Load(instance);
        }
        catch (CommandFailure failure)
        {
            return Instance.Parse(instance, Folders.EnvFile(instance), "") with { Unreadable = failure.Message };
        }
    }

    private CommandFailure Unknown(string instance)
    {
        IReadOnlyList<string> known = NamesIfReadable();
        string hint = NearestName.Find(instance, known) is { } nearest ? $" Did you mean '{nearest}'?"
            : known.Count > 0 ? $" Known: {string.Join(", ", known.Take(20))}."
            : "";
        return new CommandFailure(ExitCode.WrongUse, "Unknown instance", $"There is no instance '{instance}' in {Folders.Config}.{hint}");
    }
}
