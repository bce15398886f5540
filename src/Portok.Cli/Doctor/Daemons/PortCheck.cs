using Portok.Cli.Doctor.Sources;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>The public port is this instance's alone, and it is this instance that listens there.</summary>
internal sealed class PortCheck(InstanceFacts instance) : ICheck
{
    private const string Daemon = "portokd", Systemd = "systemd";

    public string Name => "port";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (instance.Instance.ListenPort is not { } port)
        {
            return null;
        }

        string edit = instance.Machine.AsAdministrator($"portok edit {instance.Name}");
        if (Rival(port) is { } rival)
        {
            return Finding.Fault(rival, edit, "Two instances cannot have one port: give one of them another LISTEN_PORT.");
        }

        IReadOnlyList<Listener> listeners = instance.Machine.Listeners.On(port);
        if (listeners.Count == 0)
        {
            return Finding.Ok($"{port}: nothing listens there, and no other instance has it");
        }

        IReadOnlyList<SocketOwner> owners = instance.Machine.Listeners.OwnersOf(port);
        int main = await instance.ServiceAsync().ConfigureAwait(false) is { MainPid: > 0 and int pid } ? pid : 0;
        if (owners.FirstOrDefault(o => !IsOurs(o, main)) is { } stranger)
        {
            return Finding.Fault($"{port} belongs to another program: {stranger.Name} (process {stranger.Pid})", edit, $"Stop that program ('ps -fp {stranger.Pid}' shows it), or give the instance another LISTEN_PORT.");
        }

        if (owners.Count > 0)
        {
            return Finding.Ok($"{port}: held by {string.Join(" and ", owners.Select(o => $"{o.Name} (process {o.Pid})"))}");
        }

        bool answers = (await instance.ReplyAsync().ConfigureAwait(false)).IsReachable;
        return answers
            ? Finding.Ok($"{port}: a portokd answers there")
            : Finding.Unknown($"{port}: something listens there that this user may not see", Environment.IsPrivilegedProcess
                ? "No process of this machine's (or container's) own holds it."
                : $"sudo portok doctor {instance.Name} names it.");
    }

    /// <summary>Another instance that wants the same port for itself.</summary>
    private string? Rival(int port) =>
        instance.Machine.Instances.FirstOrDefault(other => !string.Equals(other.Name, instance.Name, StringComparison.Ordinal) && other.ListenPort == port) is { } same
            ? $"{port} is LISTEN_PORT of the instance '{same.Name}' too"
            : null;

    /// <summary>The service's own process; without systemd's word any portokd. systemd holds the port of a socket unit.</summary>
    private static bool IsOurs(SocketOwner owner, int main) => owner.Name is Systemd || (main > 0 ? owner.Pid == main : owner.Name is Daemon);
}
