using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portok.Admin.Contract;
using Portok.Cli.Commands;
using Portok.Cli.Demo.Scenario;
using Portok.Cli.Doctor;
using Portok.Cli.Rendering;

namespace Portok.Cli.CommandLine;

/// <summary>Prints why a command did not do what was asked: words on standard error, or with --json the one document on standard output.</summary>
internal sealed class FailureReport(CliHost host, bool json, string usage)
{
    /// <returns>The exit code.</returns>
    public int Write(CommandFailure failure)
    {
        bool wrongUse = failure.ExitCode == ExitCode.WrongUse;
        if (json)
        {
            string document = failure.DaemonJson is { } daemons
                ? Encoding.UTF8.GetString(daemons).TrimEnd()
                : JsonSerializer.Serialize(new FailureDocument(failure.Error, failure.Message, wrongUse ? usage : null), CliJson.Readable.FailureDocument);
            host.Out.WriteLine(document);
            return failure.ExitCode;
        }

        Screen screen = Screen.Error(host);
        screen.Text($"portok: {failure.Message}");
        if (wrongUse)
        {
            screen.Text($"Usage: {usage}");
        }

        return failure.ExitCode;
    }
}

/// <summary>An error found on this side, in the shape of the daemon's own.</summary>
internal sealed record FailureDocument(string Error, string Message, string? Usage);

/// <summary>The answer to --version --json.</summary>
internal sealed record VersionDocument(string Version);

[JsonSerializable(typeof(FailureDocument))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(InitDocument))]
[JsonSerializable(typeof(AddDocument))]
[JsonSerializable(typeof(RemovalDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(UnitDocument))]
[JsonSerializable(typeof(ConfigDocument))]
[JsonSerializable(typeof(TokenDocument))]
[JsonSerializable(typeof(EditDocument))]
[JsonSerializable(typeof(CompletionDocument))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>Quotes and angle brackets as themselves: the document goes to a terminal or a file, never into HTML.</summary>
    public static CliJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Times as the daemon itself writes them.
        Converters = { new IsoMillisecondsConverter() },
    });
}
