using Portok.Differential;
using Portok.Differential.Cases;
using Portok.Differential.Peers;
using Portok.Differential.Reporting;
using Portok.Differential.Running;
using Portok.Proof;

return await ProofProgram.RunAsync<DifferentialOptions>(args, ProveAsync);

async Task<bool> ProveAsync(DifferentialOptions options)
{
    string corpus = Path.Combine(AppContext.BaseDirectory, "Corpus");
    IReadOnlyDictionary<string, Rule> rules = CaseFile.ReadRules(corpus);
    Case[] cases = [.. CaseFile.Read(corpus).Where(scripted => options.Case is null || scripted.Name.Contains(options.Case, StringComparison.Ordinal))];
    IPeer[] peers = options.PortokOnly ? [new PortokPeer()] : [new PortokPeer(), new NginxPeer(), new HaproxyPeer(), new NodeProxyPeer()];

    DifferentialRun run = await DifferentialRun.RunAsync(cases, peers, options.Lanes, (scripted, peer) => peer == PortokPeer.PeerName ? Split.All(scripted.Bytes) : Split.Few(scripted.Bytes));

    var report = new DifferentialReport(run, rules, peers);
    if (options.Verbose)
    {
        foreach (Case scripted in cases) Console.WriteLine($"{scripted.Name,-44} {string.Join("  ", peers.Select(peer => $"{peer.Name}: {report.Words(scripted, peer.Name)}"))}");
    }

    foreach (string line in report.Figures) Console.WriteLine(line);
    foreach (string fault in run.Faults) Console.WriteLine($"FAULT {fault}");
    if (options is { Results: { } folder, Case: null, PortokOnly: false }) report.Write(folder);
    return run.Faults.Count == 0;
}
