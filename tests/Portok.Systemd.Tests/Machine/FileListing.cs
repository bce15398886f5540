namespace Portok.Systemd.Tests.Machine;

/// <summary>Everything that lies on a machine's disk, with kind, mode, owner, and for /etc the content.</summary>
/// <param name="Lines">One for each thing.</param>
internal sealed record FileListing(IReadOnlySet<string> Lines)
{
    /// <summary>What changes by itself while a machine runs and while packages are installed, and belongs to nobody's product.</summary>
    private static readonly string[] PassedOver =
    [
        "/var/log/", "/var/cache/", "/var/lib/dpkg/", "/var/lib/apt/", "/var/lib/systemd/", "/var/tmp/systemd-private-", "/var/backups/",
        // The generation before of the files of users, and their lock.
        "/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-", "/etc/.pwd.lock", "/etc/machine-id",
    ];

    /// <summary>Reads a machine's disk.</summary>
    public static async Task<FileListing> OfAsync(TestMachine machine)
    {
        string names = await machine.RunAsync("""find / -xdev \( -path /packages -o -path /opt -o -path /tmp -o -path /run \) -prune -o ! -type d -printf '%y %m %u:%g %p\n' -o -type d -printf '%y %m %u:%g %p/\n'""");
        string run = await machine.RunAsync("ls -d /run/portok 2>/dev/null || true");
        string contents = await machine.RunAsync("find /etc -xdev -type f -exec md5sum {} +");
        return new FileListing($"{names}\n{run}\n{contents}".Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !PassedOver.Any(path => line.Contains(' ' + path, StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What differs: '+' is here and not there, '-' the other way round.</summary>
    public string Against(FileListing before) => string.Join('\n',
    [
        .. Lines.Except(before.Lines, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => "+ " + line),
        .. before.Lines.Except(Lines, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => "- " + line),
    ]);
}
