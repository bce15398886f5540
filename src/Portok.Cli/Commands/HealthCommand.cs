using System.CommandLine;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Rendering;

namespace Portok.Cli.Commands;

/// <summary><c>portok health</c>: has the daemon probe the active port now.</summary>
internal static class HealthCommand
{
    public static Command Create(SharedOptions options, CliHost host)
        => new QueryVerb<HealthAnswer>("health", "Probe the active port now; exit code 1 when it is not healthy")
        {
            Path = AdminPaths.Health,
            Json = AdminJson.Default.HealthAnswer,
            View = HealthView.Write,
            Patience = TimeSpan.FromSeconds(60),
            WaitingFor = "The active port is being probed",
            Answers = [200, 503],
            ExitCodeOf = health => health.Healthy ? ExitCode.Done : ExitCode.Refused,
        }.Create(options, host);
}
