using System.Globalization;
using Portok.Cli.Units;
using Portok.Settings;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>The daemon may open as many descriptors as its settings ask for; with fewer it shares out what there is.</summary>
internal sealed class DescriptorsCheck(InstanceFacts instance) : ICheck
{
    // The daemon keeps up to 128 for admin calls, probes and files, and gives a sixth of the rest to connections of one port.
    private const int Kept = 128, Own = 64, Share = 6;

    /// <summary>The packaged unit's.</summary>
    private const int Recommended = 524288;

    private const string Directive = "LimitNOFILE";

    public string Name => "descriptors";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (instance.Instance.Settings is not { } settings)
        {
            return null;
        }

        int process = await instance.ProcessAsync().ConfigureAwait(false);
        if (process > 0)
        {
            string limits = $"/proc/{process}/limits";
            return SoftLimit(await File.ReadAllLinesAsync(limits, cancellation).ConfigureAwait(false)) is { } limit
                ? await JudgeAsync(limit, settings, $"process {process}").ConfigureAwait(false)
                : Finding.Unknown($"{limits} does not say how many files it may open");
        }

        return OfUnit() is { } unit ? await JudgeAsync(unit, settings, UnitFile.Service).ConfigureAwait(false) : null;
    }

    /// <summary>"Max open files" of proc_pid_limits(5): its soft limit; long.MaxValue: none.</summary>
    internal static long? SoftLimit(IEnumerable<string> limits)
    {
        const string row = "Max open files";
        string? first = limits.FirstOrDefault(l => l.StartsWith(row, StringComparison.Ordinal))?[row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return first is "unlimited" ? long.MaxValue : long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }

    private async Task<Finding> JudgeAsync(long limit, DaemonSettings settings, string whose)
    {
        long needed = ((long)settings.UpstreamMaxSockets * Share) + Kept + Own;
        string shown = limit == long.MaxValue ? "any number of" : limit.ToString(CultureInfo.InvariantCulture);
        if (limit >= needed)
        {
            return Finding.Ok($"{whose} may open {shown} files; UPSTREAM_MAX_SOCKETS={settings.UpstreamMaxSockets} needs {needed}");
        }

        long upstream = Math.Max(1, (limit - Own - Math.Min(Kept, limit / 3)) / Share);
        return Finding.Warning($"{whose} may open {shown} files; UPSTREAM_MAX_SOCKETS={settings.UpstreamMaxSockets} needs {needed}", await MendAsync(needed).ConfigureAwait(false),
            $"As it is, about {upstream} connections to the app and {Math.Max(1, limit - Own - Math.Min(Kept, limit / 3) - (2 * upstream))} clients fit; more are told 503.");
    }

    /// <summary>What sets the limit is taken away where the unit's own suffices; else a higher one is laid over the unit.</summary>
    private async Task<string> MendAsync(long needed)
    {
        if (await instance.ServiceAsync().ConfigureAwait(false) is not { } service)
        {
            return $"ulimit -n {Math.Max(Recommended, needed)}   # in the shell that starts portokd";
        }

        string restart = $"portok restart {instance.Name}";
        IReadOnlyList<string> lowered = DropIns.That(service, [Directive]);
        IReadOnlyList<string> mend = needed > Recommended ? Overlay.Commands(instance.Machine.Folders, service.Id, "limit", $"{Directive}={needed}")
            : lowered.Count > 0 ? DropIns.Removal(service, lowered)
            : OfUnit() < needed ? ["portok init"]
            : [];
        return instance.Machine.AsAdministrator([.. mend, restart]);
    }

    /// <summary>LimitNOFILE= of the installed unit, for a daemon that does not run.</summary>
    private long? OfUnit()
    {
        const string key = Directive + "=";
        return instance.Machine.Machine.Units.FileOf(UnitFile.Service) is { } file
            && File.ReadAllLines(file).LastOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) is { } line
            && long.TryParse(line.AsSpan(key.Length).ToString().Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }
}
