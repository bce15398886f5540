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

    private string HealthPath => instance.Instance.Settings?.HealthPath ?? SettingCatalogue.HealthPath.DefaultShown;

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (await ActivePortAsync().ConfigureAwait(false) is not { } port)
        {
            return null;
        }

        ProbeReport probe = await ProbeAsync(port, cancellation).ConfigureAwait(false);
        string words = $"GET {HealthPath} at 127.0.0.1:{port}: {ProbeView.Describe(probe)}";
        if (probe.Failure is null)
        {
            return Finding.Ok(words);
        }

        Finding finding = probe.Failure is ProbeFailures.Refused
            ? await RefusedAsync(port, cancellation).ConfigureAwait(false)
            : Finding.Fault(words, $"curl -i http://127.0.0.1:{port}{HealthPath}", "Only an answer with 2xx is healthy; a switch to this port would be refused.");
        return await instance.IsStoppedAsync().ConfigureAwait(false) ? finding with { Verdict = Verdict.Warning } : finding;
    }

    private async Task<Finding> RefusedAsync(int port, CancellationToken cancellation)
    {
        string again = $"then: portok health {instance.Name}";
        string elsewhere = await TargetProbe.AnswersOnIPv6LoopbackAsync(port, cancellation).ConfigureAwait(false) ? "::1"
            : string.Join(" and ", instance.Machine.Listeners.On(port).Select(l => l.Address.ToString()));
        if (elsewhere.Length == 0)
        {
            return Finding.Fault($"Nothing listens on {port}, the active port", $"start your app on {port}, {again}", await WayBackAsync(cancellation).ConfigureAwait(false));
        }

        string[] owners = [.. instance.Machine.Listeners.OwnersOf(port).Select(o => $"It is {o.Name} (process {o.Pid}).")];
        string[] trap = elsewhere is "::1" ? ["An app told to listen on 'localhost' takes ::1 where the resolver puts it first (Node.js does)."] : [];
        return Finding.Fault($"The app on {port} listens on {elsewhere} only, and Portok connects to 127.0.0.1", $"have your app listen on 127.0.0.1:{port}, {again}", [.. owners, .. trap]);
    }

    /// <summary>Where traffic came from, when the app there is still well: the quickest way out.</summary>
    private async Task<string[]> WayBackAsync(CancellationToken cancellation)
    {
        if (!instance.HasAddress || (await instance.ReplyAsync().ConfigureAwait(false)).Status?.LastSwitch is not { From: var before } || (await ProbeAsync(before, cancellation).ConfigureAwait(false)).Failure is not null)
        {
            return [];
        }

        return [$"The port before it, {before}, is healthy: portok switch {before} {instance.Name}"];
    }

    private Task<ProbeReport> ProbeAsync(int port, CancellationToken cancellation)
    {
        TimeSpan timeout = instance.Instance.Settings?.HealthTimeout is { } set && set < Patience ? set : Patience;
        return TargetProbe.RunAsync(port, HealthPath, timeout, cancellation);
    }

    /// <summary>What the daemon says; else what it would start with.</summary>
    private async Task<int?> ActivePortAsync()
    {
        if (instance.HasAddress && (await instance.ReplyAsync().ConfigureAwait(false)).ActivePort is { } active)
        {
            return active;
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
