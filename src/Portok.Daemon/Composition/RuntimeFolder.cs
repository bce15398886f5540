using System.Net.Sockets;
using System.Text;

namespace Portok.Daemon.Composition;

/// <summary>A folder of this process alone, mode 0700, for the socket between data plane and admin API. Gone when disposed.</summary>
internal sealed class RuntimeFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // sun_path has 108 bytes; the socket's own name and the random part of the folder's need about 45 of them.
    private const int LongestParent = 60;

    private const string Prefix = "portokd-";
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);
    private static readonly EnumerationOptions OwnFoldersOnly = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private RuntimeFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <param name="runtimeDirectory">RUNTIME_DIRECTORY as systemd sets it: folders parted by colons, the first is taken; null: the temporary folder.</param>
    /// <exception cref="StartException">It cannot be made.</exception>
    public static RuntimeFolder Create(string? runtimeDirectory)
    {
        string? given = runtimeDirectory?.Split(':', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        try
        {
            if (given is not null && Fits(given))
            {
                // Only the service may write in there, so the name need not be a surprise.
                string own = System.IO.Path.Join(given, $"{Prefix}{Environment.ProcessId}");
                Directory.CreateDirectory(own, OwnerOnly);
                return new RuntimeFolder(own);
            }

            // mkdtemp(3): mode 0700, and never a folder somebody else prepared.
            return new RuntimeFolder(Fits(System.IO.Path.GetTempPath())
                ? Directory.CreateTempSubdirectory(Prefix).FullName
                : MakeUnder("/tmp"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"no folder for the internal admin socket can be made: {problem.Message}", problem);
        }
    }

    /// <summary>Removes the folder and what is left in it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on it any more; a left-over folder is no reason for a failed stop.
        }
    }

    /// <summary>Removes folders in the temporary folder whose daemon was killed: their socket is there and nobody answers.</summary>
    public static void SweepAbandoned() => SweepAbandoned(System.IO.Path.GetTempPath(), DateTime.UtcNow);

    /// <param name="now">Folders of the last minute are left alone: theirs may be a daemon that is just starting.</param>
    internal static void SweepAbandoned(string parent, DateTime now)
    {
        try
        {
            foreach (DirectoryInfo folder in new DirectoryInfo(parent).EnumerateDirectories(Prefix + "*", OwnFoldersOnly))
            {
                FileInfo[] content = folder.GetFiles();
                if (now - folder.LastWriteTimeUtc < Young || content.Length != 1 || folder.GetDirectories().Length > 0 || IsAnswered(content[0].FullName))
                {
                    continue;
                }

                content[0].Delete();
                folder.Delete();
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Tidying up is a courtesy; what cannot be removed stays.
        }
    }

    private static bool IsAnswered(string path)
    {
        if (!path.EndsWith(".sock", StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }

    private static bool Fits(string parent) => Encoding.UTF8.GetByteCount(parent) <= LongestParent;

    private static string MakeUnder(string parent)
    {
        string path = System.IO.Path.Join(parent, $"{Prefix}{Guid.NewGuid():n}"[..20]);
        if (Directory.Exists(path) || File.Exists(path))
        {
            throw new IOException($"{path} is taken");
        }

        return Directory.CreateDirectory(path, OwnerOnly).FullName;
    }
}
