using System.CommandLine;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Rendering;

namespace Portok.Cli.Commands;

/// <summary><c>portok metrics</c>: the counters.</summary>
internal static class MetricsCommand
{
    public static Command Create(SharedOptions options, CliHost host)
        => new QueryVerb<MetricsAnswer>("metrics", "Show requests, latency, health and connections")
        {
            Path = AdminPaths.Metrics,
            Json = AdminJson.Default.MetricsAnswer,
            View = MetricsView.Write,
        }.Create(options, host);
}
