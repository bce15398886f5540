using Portok.Compare.Peers;
using Portok.Compare.Results;

namespace Portok.Compare.CommandLine;

/// <summary>The portokd of two commits in one interleaved run: whether a change made requests dearer.</summary>
internal sealed class CommitsCommand(CompareOptions options, bool json)
{
    private static readonly string[] Usual = ["12b-64", "64k-64", "1m-64", "upload-64", "churn-64", "websocket-64"];

    /// <returns>0; 1 when a scenario could not be measured, requests failed, or one is dearer beyond what is noise.</returns>
    public int Run()
    {
        var measure = new MeasureCommand(
            options with
            {
                Only = [PortokPeer.Default, PortokPeer.Base],
                Scenarios = options.Scenarios.Count + options.Groups.Count == 0 ? Usual : options.Scenarios,
            },
            store: null,
            json);
        List<ScenarioResult> results = measure.Measure();
        var differences = results.Select(CommitDifference.Of).ToList();
        if (json)
        {
            Console.WriteLine(ResultStore.ToJson(differences));
        }
        else
        {
            differences.ForEach(difference => Console.WriteLine(difference.InWords()));
        }

        return !measure.HasFailed && differences.TrueForAll(difference => difference is { IsDearer: false, Errors: 0 }) ? 0 : 1;
    }
}
