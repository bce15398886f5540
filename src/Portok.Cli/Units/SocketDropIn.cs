using System.Net;
using System.Net.Sockets;
using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Cli.Instances;
using Portok.Settings;

namespace Portok.Cli.Units;

/// <summary>
/// <c>portok@NAME.socket.d/listen.conf</c>: gives an instance's socket unit the port of its env file. A socket unit cannot read
/// an env file, so the port stands in two places; whoever starts an instance writes it here anew.
/// </summary>
internal sealed class SocketDropIn(Folders folders)
{
    public string FolderOf(string instance) => Path.Combine(folders.Systemd, UnitNames.Socket(instance) + ".d");

    public string FileOf(string instance) => Path.Combine(FolderOf(instance), "listen.conf");

    /// <summary>What it should say.</summary>
    public static string Text(string instance, DaemonSettings settings) =>
        $"""
        # From LISTEN_PORT and LISTEN_HOST of {instance}.env. portok writes it anew at "portok restart {instance}".
        [Socket]
        ListenStream=
        ListenStream={Address(settings.ListenHost, settings.ListenPort)}

        """;

    /// <summary>Whether it says what the settings say.</summary>
    public bool IsCurrent(string instance, DaemonSettings settings)
    {
        string file = FileOf(instance);
        return File.Exists(file) && string.Equals(File.ReadAllText(file), Text(instance, settings), StringComparison.Ordinal);
    }

    /// <summary>Writes it when it is missing or says something else; systemd does not know of it before a daemon-reload.</summary>
    /// <returns>True when it was written.</returns>
    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public bool Write(string instance, DaemonSettings settings)
    {
        if (IsCurrent(instance, settings))
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(FolderOf(instance), Modes.PublicFolder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Refused(FolderOf(instance), failure);
        }

        WholeFile.Write(FileOf(instance), Text(instance, settings), Modes.UnitFile);
        return true;
    }

    /// <summary>Deletes it, and its folder unless something else lies there.</summary>
    /// <exception cref="CommandFailure">This user may not.</exception>
    public void Delete(string instance)
    {
        try
        {
            if (File.Exists(FileOf(instance)))
            {
                File.Delete(FileOf(instance));
            }

            if (Directory.Exists(FolderOf(instance)) && !Directory.EnumerateFileSystemEntries(FolderOf(instance)).Any())
            {
                Directory.Delete(FolderOf(instance));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Refused(FileOf(instance), failure);
        }
    }

    /// <summary>A port alone is all addresses, IPv4 too, as portokd itself listens without LISTEN_HOST.</summary>
    private static string Address(IPAddress? host, int port) => host switch
    {
        null => $"{port}",
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{host}]:{port}",
        _ => $"{host}:{port}",
    };
}
