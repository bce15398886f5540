using Portok.Cli.Instances;

namespace Portok.Cli.Connection;

/// <summary>Where the daemon of an instance on this machine is, from its env file alone.</summary>
internal static class InstanceEndpoint
{
    /// <exception cref="CommandLine.CommandFailure">LISTEN_PORT is at fault.</exception>
    public static AdminEndpoint Of(Instance instance)
    {
        InstanceSettings settings = InstanceSettings.From(instance.FileVariables, instance.File);
        return new AdminEndpoint(settings.Url, settings.SocketPath, settings.AdminToken, instance.Name);
    }
}
