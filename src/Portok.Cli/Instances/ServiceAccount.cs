using System.Globalization;
using Portok.Cli.Processes;

namespace Portok.Cli.Instances;

/// <summary>The user and group "portok" that the units run as.</summary>
internal sealed class ServiceAccount(ProgramRunner programs, Folders folders)
{
    public const string Name = "portok";

    /// <summary>Whether files are given to it: only root may, and only in the system's own folders.</summary>
    public bool Owns { get; } = Environment.IsPrivilegedProcess && !folders.IsMoved;

    /// <summary>The group's id when files are to be given to it and it exists; else null.</summary>
    public async Task<int?> GroupAsync(CancellationToken cancellation) => Owns ? await IdAsync("group", cancellation).ConfigureAwait(false) : null;

    /// <summary>The user's id when files are to be given to it and it exists; else null.</summary>
    public async Task<int?> UserAsync(CancellationToken cancellation) => Owns ? await IdAsync("passwd", cancellation).ConfigureAwait(false) : null;

    /// <summary>Looks it up in a database of the system, whoever asks and wherever the folders are.</summary>
    /// <param name="database">"passwd" or "group".</param>
    /// <returns>The id; null: there is none.</returns>
    public async Task<int?> IdAsync(string database, CancellationToken cancellation)
    {
        const int id = 2;
        ProgramResult found = await programs.RunAsync("getent", [database, Name], cancellation).ConfigureAwait(false);
        string[] fields = found.Out.Trim().Split(':');
        return found.Ok && fields.Length > id && int.TryParse(fields[id], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
