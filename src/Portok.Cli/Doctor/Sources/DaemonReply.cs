using System.Text.Json;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Instances;

namespace Portok.Cli.Doctor.Sources;

/// <summary>What a daemon says to a request for its status.</summary>
/// <param name="HttpStatus">0: there was no answer of an admin API.</param>
/// <param name="Status">With 200, when it was understood.</param>
/// <param name="Words">Why there was no answer, or what the refusal says.</param>
/// <param name="Where">The address that was asked, in words.</param>
internal sealed record DaemonReply(int HttpStatus, StatusAnswer? Status, string Words, string Where)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>The active port, from a daemon of ours or npm portok's; null: not told.</summary>
    public int? ActivePort { get; private init; }

    /// <summary>Something that speaks the admin API answered, whatever it said.</summary>
    public bool IsReachable => HttpStatus != 0;

    /// <summary>Asks over the Unix socket where there is one that lets us in, else over the public port.</summary>
    /// <exception cref="CommandFailure">The instance's file does not say where.</exception>
    public static async Task<DaemonReply> AskAsync(Instance instance, CancellationToken cancellation)
    {
        if (instance.Unreadable is { } reason)
        {
            throw new CommandFailure(ExitCode.NotAllowed, "Not known", reason);
        }

        AdminEndpoint endpoint = InstanceEndpoint.Of(instance);
        try
        {
            using AdminClient client = new(endpoint, Patience);
            AdminAnswer answer = await client.GetAsync(AdminPaths.Status, cancellation).ConfigureAwait(false);
            string words = answer.Read(AdminJson.Default.ErrorAnswer) is { } error ? $"{error.Error}: {error.Message}" : $"HTTP {answer.Status}";
            return new DaemonReply(answer.Status, answer.IsSuccess ? answer.Read(AdminJson.Default.StatusAnswer) : null, words, endpoint.Described) { ActivePort = answer.IsSuccess ? PortIn(answer.Json) : null };
        }
        catch (CommandFailure failure)
        {
            return new DaemonReply(0, Status: null, failure.Message, endpoint.Described);
        }
    }

    private static int? PortIn(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("activePort", out JsonElement port) && port.ValueKind == JsonValueKind.Number && port.TryGetInt32(out int number) ? number : null;
    }
}
