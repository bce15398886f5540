using System.Net;
using Portok.Admin.Contract;
using Portok.Cli.Doctor.Sources;
using Portok.Cli.Rendering;
using Portok.Settings;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>The app listens on the active port where Portok looks for it, and is healthy.</summary>
internal sealed class TargetCheck(InstanceFacts instance) : ICheck
{
    /// <summary>Longer than this nobody waits for doctor, whatever HEALTH_TIMEOUT_MS allows.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "target";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (await ActivePortAsync().ConfigureAwait(false) is not { } port)
        {
            return null;
        }

        string path = instance.Instance.Settings?.HealthPath ?? SettingCatalogue.HealthPath.DefaultShown;
        TimeSpan timeout = instance.Instance.Settings?.HealthTimeout is { } set && set < Patience ? set : Patience;
        ProbeReport probe = await TargetProbe.RunAsync(port, path, timeout, cancellation).ConfigureAwait(false);
        string words = $"GET {path} at 127.0.0.1:{port}: {ProbeView.Describe(probe)}";
        if (probe.Failure is null)
        {
            return Finding.Ok(words);
        }

        Finding finding = probe.Failure is ProbeFailures.Refused
            ? await RefusedAsync(port, cancellation).ConfigureAwait(false)
            : Finding.Fault(words, $"curl -i http://127.0.0.1:{port}{path}", "Only an answer with 2xx is healthy; a switch to this port would be refused.");
        return await instance.IsStoppedAsync().ConfigureAwait(false) ? finding with { Verdict = Verdict.Warning } : finding;
    }

    private async Task<Finding> RefusedAsync(int port, CancellationToken cancellation)
    {
        string restart = $"ss -ltnp 'sport = :{port}'";
        if (await TargetProbe.AnswersOnIPv6LoopbackAsync(port, cancellation).ConfigureAwait(false))
        {
            return Finding.Fault($"The app on {port} listens on ::1 only, and Portok connects to 127.0.0.1", restart,
                "Have the app listen on 127.0.0.1. An app told to listen on 'localhost' takes ::1 where the resolver puts it first (Node.js does).");
        }

        IPAddress[] elsewhere = [.. instance.Machine.Listeners.On(port).Select(l => l.Address)];
        return elsewhere.Length > 0
            ? Finding.Fault($"The app on {port} listens on {string.Join(" and ", elsewhere.Select(a => a.ToString()))} only, and Portok connects to 127.0.0.1", restart, "Have the app listen on 127.0.0.1.")
            : Finding.Fault($"Nothing listens on {port}, the active port", $"portok switch PORT {instance.Name}", $"Start the app on {port}, or switch to the port where it runs.");
    }

    /// <summary>What the daemon says; else what it would start with.</summary>
    private async Task<int?> ActivePortAsync()
    {
        if (instance.HasAddress && (await instance.ReplyAsync().ConfigureAwait(false)).Status is { } status)
        {
            return status.ActivePort;
        }

        try
        {
            return instance.Saved.ActivePort ?? instance.Instance.TargetPort;
        }
        catch (UnauthorizedAccessException)
        {
            return instance.Instance.TargetPort;
        }
    }
}
