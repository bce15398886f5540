using Portok.Cli.CommandLine;
using Portok.Cli.Doctor.Sources;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>The daemon answers where its file says, and is the one that was meant.</summary>
internal sealed class DaemonCheck(InstanceFacts instance) : ICheck
{
    public string Name => "daemon";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (!instance.HasAddress)
        {
            return null;
        }

        DaemonReply reply = await instance.ReplyAsync().ConfigureAwait(false);
        string restart = instance.Machine.AsAdministrator($"portok restart {instance.Name}");
        switch (reply)
        {
            case { IsReachable: false }:
                return await OutOfReachAsync(reply).ConfigureAwait(false);
            case { HttpStatus: 403 }:
                return Finding.Fault("The daemon does not let this address ask", instance.Machine.AsAdministrator($"portok edit {instance.Name}"), reply.Words, "ADMIN_ALLOWLIST must name 127.0.0.1, or the instance needs an ADMIN_UNIX_SOCKET.");
            case { HttpStatus: 429 }:
                return Finding.Unknown("The daemon is up, but has been asked too often in this minute", reply.Words, "An ADMIN_UNIX_SOCKET has no such limit.");
            case { HttpStatus: 401 }:
                return Finding.Ok($"answers at {reply.Where}");
            case { Status: null }:
                return Finding.Fault($"What answers at {reply.Where} is no daemon that this portok understands", restart, reply.Words);
        }

        if (!string.Equals(reply.Status.Instance, instance.Instance.Settings?.InstanceName ?? instance.Name, StringComparison.Ordinal))
        {
            return Finding.Fault($"The daemon at {reply.Where} is the instance '{reply.Status.Instance}'", instance.Machine.AsAdministrator($"portok edit {instance.Name}"), "Its LISTEN_PORT or ADMIN_UNIX_SOCKET is another instance's, or its INSTANCE_NAME was changed after the daemon had read it.");
        }

        if (!string.Equals(reply.Status.Version, ProductVersion.Text, StringComparison.Ordinal))
        {
            return Finding.Warning($"runs version {reply.Status.Version}; this portok is {ProductVersion.Text}", restart);
        }

        string up = Wording.Span(TimeSpan.FromSeconds(reply.Status.UptimeSeconds));
        return MissingSocket() is { } socket
            ? Finding.Warning($"answers on the public port only, up {up}", restart, $"ADMIN_UNIX_SOCKET {socket} is not there.")
            : Finding.Ok($"answers at {reply.Where}, up {up}");
    }

    private async Task<Finding> OutOfReachAsync(DaemonReply reply)
    {
        if (reply.Words.Contains("permission denied", StringComparison.Ordinal))
        {
            return Finding.Unknown("this user may not open its admin socket; run it with sudo, or as a member of the service's group", reply.Words);
        }

        if (await instance.IsStoppedAsync().ConfigureAwait(false))
        {
            return Finding.Warning("is stopped", instance.Machine.AsAdministrator($"portok start {instance.Name}"));
        }

        string start = await instance.ServiceAsync().ConfigureAwait(false) is null
            ? $"portokd --env-file {instance.Instance.File}"
            : instance.Machine.AsAdministrator($"portok restart {instance.Name}");
        return Finding.Fault($"does not answer at {reply.Where}", start, reply.Words.Split('\n')[0]);
    }

    /// <summary>The configured socket when it is not there; a folder closed to this user does not count as missing.</summary>
    private string? MissingSocket() =>
        InstanceSettings.From(instance.Instance.FileVariables, instance.Instance.File).SocketPath is { } path
            && Directory.Exists(Path.GetDirectoryName(path)) && !File.Exists(path) ? path : null;
}
