using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portok.Cli.Connection;
using Portok.Cli.Rendering;

namespace Portok.Cli.CommandLine;

/// <summary>One run of a verb: what was typed, and where answers go.</summary>
internal sealed class Invocation(ParseResult parsed, SharedOptions options, CliHost host)
{
    public CliHost Host { get; } = host;

    public ParseResult Parsed { get; } = parsed;

    public bool Json { get; } = parsed.GetValue(options.Json);

    public Screen Screen { get; } = Screen.Out(host);

    /// <summary>Folders, instances and units, for verbs that manage them.</summary>
    public Machine Machine { get; } = new(host);

    /// <summary>A client for the daemon that was meant.</summary>
    /// <param name="positional">The instance's name when it was given without --instance; null: none.</param>
    /// <param name="timeout">For one request, unless --timeout says otherwise.</param>
    /// <exception cref="CommandFailure">The options, the environment or the instance's file are at fault.</exception>
    public AdminClient Connect(string? positional, TimeSpan timeout)
    {
        string? named = Parsed.GetValue(options.Instance);
        if (named is not null && positional is not null && !string.Equals(named, positional, StringComparison.Ordinal))
        {
            throw CommandFailure.WrongUse($"Two instances are named: '{Printable.Of(positional)}' and --instance '{Printable.Of(named)}'.");
        }

        AdminEndpoint endpoint = EndpointResolver.Resolve(Parsed.GetValue(options.Url), Parsed.GetValue(options.Token), named ?? positional, Host);
        return new AdminClient(endpoint, Parsed.GetValue(options.Timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : timeout);
    }

    /// <summary>Prints this as the one JSON document of this run.</summary>
    public void WriteJson<T>(T document, JsonTypeInfo<T> type) => Host.Out.WriteLine(JsonSerializer.Serialize(document, type));

    /// <summary>Prints the one JSON document of this run.</summary>
    public void WriteJson(ReadOnlySpan<byte> json) => Host.Out.WriteLine(Encoding.UTF8.GetString(json).TrimEnd());
}
