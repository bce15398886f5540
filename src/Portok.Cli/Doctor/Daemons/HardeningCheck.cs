namespace Portok.Cli.Doctor.Daemons;

/// <summary>A running daemon is shut in as the unit says: systemd's word, and the kernel's for the process itself.</summary>
internal sealed class HardeningCheck(InstanceFacts instance) : ICheck
{
    public string Name => "hardening";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (await instance.ServiceAsync().ConfigureAwait(false) is not { IsActive: true, MainPid: > 0 } state)
        {
            return null;
        }

        IReadOnlyDictionary<string, string> weaker = Hardening.Gaps(state);
        string[] ofProcess = [.. OfProcess(await File.ReadAllLinesAsync($"/proc/{state.MainPid}/status", cancellation).ConfigureAwait(false))];
        if (weaker.Count == 0 && ofProcess.Length == 0)
        {
            return Finding.Ok($"in force: user {state["User"]}, NoNewPrivileges, ProtectSystem={state["ProtectSystem"]}, ProtectHome={state["ProtectHome"]}, system calls filtered");
        }

        IReadOnlyList<string> changed = DropIns.That(state, [.. weaker.Keys, .. ofProcess.Length > 0 ? BehindTheProcess : []]);
        IReadOnlyList<string> mend = [.. changed.Count > 0 ? DropIns.Removal(state, changed) : ["portok init"], $"portok restart {instance.Name}"];
        string[] by = changed.Count > 0 ? [$"Changed by {string.Join(" and ", changed)}"] : [];
        return Finding.Fault("The daemon may do more than the unit allows", instance.Machine.AsAdministrator(mend), [.. weaker.Values, .. ofProcess, .. by]);
    }

    /// <summary>Directives that decide what <see cref="OfProcess"/> looks at.</summary>
    private static readonly string[] BehindTheProcess = ["NoNewPrivileges", "SystemCallFilter", "CapabilityBoundingSet", "AmbientCapabilities"];

    /// <summary>What proc_pid_status(5) says of a process that is not shut in, one line each.</summary>
    internal static IEnumerable<string> OfProcess(IReadOnlyList<string> status)
    {
        if (Value("NoNewPrivs") is "0")
        {
            yield return "The process may gain privileges (NoNewPrivs is 0)";
        }

        if (Value("Seccomp") is "0")
        {
            yield return "The process's system calls are not filtered (Seccomp is 0)";
        }

        if (Value("CapEff") is { } capabilities && capabilities.Trim('0').Length > 0 && !string.Equals(capabilities.TrimStart('0'), BindOnly, StringComparison.Ordinal))
        {
            yield return $"The process has capabilities ({capabilities})";
        }

        string? Value(string name) => status.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..].Trim();
    }

    /// <summary>CAP_NET_BIND_SERVICE alone, which a public port under 1024 needs: bit 10.</summary>
    private const string BindOnly = "400";
}
