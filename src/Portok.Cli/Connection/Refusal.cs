using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Rendering;

namespace Portok.Cli.Connection;

/// <summary>Turns an error answer of the daemon into words and an exit code.</summary>
internal static class Refusal
{
    public static CommandFailure From(AdminAnswer answer)
    {
        ErrorAnswer? error = answer.Read(AdminJson.Default.ErrorAnswer);
        string message = error is null ? $"The daemon answered HTTP {answer.Status}." : $"{Printable.Of(error.Error)}: {Printable.Of(error.Message)}";
        if (answer.Status == 401)
        {
            message += "\nThe token comes from --token, PORTOK_TOKEN or the file of --instance NAME.";
        }

        if (error?.Probe is { } probe)
        {
            message += $"\nProbe: {ProbeView.Describe(probe)}";
            message += ProbeView.Body(probe) is { } body ? $"\nBody: {body}" : "";
        }

        int code = answer.Status is 401 or 403 or 429 ? ExitCode.NotAllowed : ExitCode.Refused;
        return new CommandFailure(code, error?.Error ?? "Refused", message) { DaemonJson = answer.Json };
    }

    /// <summary>A success whose body is JSON, but not what was asked for.</summary>
    public static CommandFailure NotUnderstood() =>
        new(ExitCode.OutOfReach, "Not portokd", "The answer is JSON, but not portokd's. Is something else listening there, or a portokd older than this portok?");
}
