using System.Security.Cryptography;
using System.Text;
using Portok.Cli.CommandLine;
using Portok.Linux.Files;

namespace Portok.Cli.Files;

/// <summary>
/// Writes a file whole or not at all: a temporary file beside it, fsync, rename, fsync of the folder. Whoever reads meanwhile
/// sees the old or the new content, and so does the next start after a power cut.
/// </summary>
internal static class WholeFile
{
    /// <param name="mode">The file's mode, whatever the umask.</param>
    /// <param name="group">Its group's id; null leaves what the system gives it.</param>
    /// <exception cref="CommandFailure">The folder is missing or full, or this user may not write there.</exception>
    public static void Write(string path, string text, UnixFileMode mode, int? group = null)
    {
        string temporary = TemporaryBeside(path);
        try
        {
            // Nobody else may read a secret in the moment before the mode is right.
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
            using (FileStream stream = new(temporary, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                if (group is { } id && FileOwner.Set(temporary, FileOwner.Unchanged, id) is { Ok: false } refused)
                {
                    throw new IOException($"its group cannot be set: {refused.Error}");
                }

                File.SetUnixFileMode(stream.SafeFileHandle, mode);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            // Some file systems cannot flush a folder; the rename itself has been done.
            _ = FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, failure);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>A name for a file that lives shortly in the same folder; hidden, and no instance's.</summary>
    public static string TemporaryBeside(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.tmp");

    /// <summary>Why a file could not be written, in words and with the exit code.</summary>
    public static CommandFailure Refused(string path, Exception failure) => failure switch
    {
        UnauthorizedAccessException => new CommandFailure(ExitCode.NotAllowed, "Not allowed", $"{path} cannot be written by this user. Run it with sudo."),
        DirectoryNotFoundException => new CommandFailure(ExitCode.Refused, "Not set up", $"{path} cannot be written: there is no folder {Path.GetDirectoryName(path)}. 'portok init' makes it."),
        _ => new CommandFailure(ExitCode.Refused, "Not written", $"{path} cannot be written: {failure.Message}"),
    };
}
