using System.CommandLine;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Rendering;

namespace Portok.Cli.Commands;

/// <summary><c>portok status</c>: what is active, what drains, what the rollback watch says.</summary>
internal static class StatusCommand
{
    public static Command Create(SharedOptions options, CliHost host)
        => new QueryVerb<StatusAnswer>("status", "Show what is active, what drains and what the rollback watch says")
        {
            Path = AdminPaths.Status,
            Json = AdminJson.Default.StatusAnswer,
            View = StatusView.Write,
        }.Create(options, host);
}
