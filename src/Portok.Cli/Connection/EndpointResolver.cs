using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Settings;

namespace Portok.Cli.Connection;

/// <summary>Finds the daemon a command is for: option, then PORTOK_URL and PORTOK_TOKEN, then the instance's env file, then the default address.</summary>
internal static class EndpointResolver
{
    public const string DefaultUrl = "http://127.0.0.1:3000";

    /// <param name="url">--url, or null.</param>
    /// <param name="token">--token, or null.</param>
    /// <param name="instance">--instance or the positional name, or null.</param>
    /// <exception cref="CommandFailure">A value is not what it should be, or the instance is unknown or not readable.</exception>
    public static AdminEndpoint Resolve(string? url, string? token, string? instance, CliHost host)
    {
        if (instance is not null && !InstanceName.IsValid(instance))
        {
            throw CommandFailure.WrongUse($"'{Printable.Of(instance)}' is no instance name: it must be {InstanceName.Allowed}.");
        }

        string? givenUrl = url ?? host.Variable("PORTOK_URL");
        string? givenToken = token ?? host.Variable("PORTOK_TOKEN");
        Uri? address = givenUrl is null ? null : ParseUrl(givenUrl, url is null ? "PORTOK_URL" : "--url");
        if (instance is null)
        {
            return new AdminEndpoint(address ?? new Uri(DefaultUrl), SocketPath: null, givenToken, Instance: null);
        }

        if (address is not null && givenToken is not null)
        {
            return new AdminEndpoint(address, SocketPath: null, givenToken, instance);
        }

        InstanceSettings settings = InstanceSettings.Load(instance, Folders.From(host.Environment));
        givenToken ??= settings.AdminToken;
        return address is null
            ? new AdminEndpoint(settings.Url, settings.SocketPath, givenToken, instance)
            : new AdminEndpoint(address, SocketPath: null, givenToken, instance);
    }

    private static Uri ParseUrl(string text, string where)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || !string.Equals(url.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) || url.Host.Length == 0)
        {
            throw CommandFailure.WrongUse($"{where} '{Printable.Of(text)}' is not an address such as {DefaultUrl} (plain http://).");
        }

        return url is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? url
            : throw CommandFailure.WrongUse($"{where} '{Printable.Of(text)}' must be host and port only, such as {DefaultUrl}.");
    }
}
