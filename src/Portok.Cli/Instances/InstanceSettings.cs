using System.Globalization;
using Portok.Cli.CommandLine;
using Portok.Settings;

namespace Portok.Cli.Instances;

/// <summary>What portok needs to know of an instance, from its env file.</summary>
/// <param name="Url">The public port's address; null when the admin API is not on it.</param>
/// <param name="SocketPath">ADMIN_UNIX_SOCKET; null: none.</param>
/// <param name="AdminToken">ADMIN_TOKEN; null: none.</param>
internal sealed record InstanceSettings(Uri? Url, string? SocketPath, string? AdminToken)
{
    /// <summary>Reads the instance's env file. The name has been checked.</summary>
    /// <exception cref="CommandFailure">No such instance, not readable, or a value in it is out of range.</exception>
    public static InstanceSettings Load(string instance, Folders folders)
        => From(EnvironmentFile.Parse(new InstanceStore(folders).ReadText(instance)).Variables, folders.EnvFile(instance));

    /// <param name="values">The variables of the file.</param>
    /// <param name="file">Its path, for messages.</param>
    internal static InstanceSettings From(IReadOnlyDictionary<string, string> values, string file)
    {
        string? Value(string name) => values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

        string portText = Value("LISTEN_PORT") ?? "3000";
        if (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is 0 or > 65535)
        {
            throw new CommandFailure(ExitCode.Refused, "Instance not readable", $"{file}: LISTEN_PORT is '{Printable.Of(portText)}'; allowed is 1 to 65535.");
        }

        string? socket = Value("ADMIN_UNIX_SOCKET");
        bool onPublicPort = Value("ADMIN_ON_PUBLIC_PORT") is not "0" || socket is null;
        return new InstanceSettings(
            onPublicPort ? new UriBuilder(Uri.UriSchemeHttp, Reachable(Value("LISTEN_HOST")), port).Uri : null,
            socket,
            Value("ADMIN_TOKEN"));
    }

    /// <summary>An address to connect to for an address that is listened on.</summary>
    private static string Reachable(string? listenHost) => listenHost is null or "::" or "[::]" or "0.0.0.0" or "*" ? "127.0.0.1" : listenHost;
}
