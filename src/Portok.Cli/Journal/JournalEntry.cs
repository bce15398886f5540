using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portok.Cli.Journal;

/// <summary>One entry of the journal, as <c>journalctl --output=json</c> writes it; a line of portokd's own JSON log is taken apart.</summary>
/// <param name="Level">"trace", "debug", "info", "warn", "error" or another word of the daemon's.</param>
/// <param name="Source">"portokd", "systemd".</param>
/// <param name="Record">portokd's whole log record; null: the line was no JSON.</param>
internal sealed record JournalEntry(DateTimeOffset At, string Level, string Source, string Message, JsonElement? Record)
{
    /// <summary>Null when the line is not what journalctl writes.</summary>
    public static JournalEntry? Parse(string line)
    {
        if (ParseObject(line) is not { } entry)
        {
            return null;
        }

        string message = Text(entry, "MESSAGE") ?? "";
        JsonElement? record = message.StartsWith('{') ? ParseObject(message) : null;
        long microseconds = long.TryParse(Text(entry, "__REALTIME_TIMESTAMP"), NumberStyles.None, CultureInfo.InvariantCulture, out long read) ? read : 0;
        return new JournalEntry(
            DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds),
            record is { } own && Text(own, "level") is { } level ? level : LevelOf(Text(entry, "PRIORITY")),
            Text(entry, "SYSLOG_IDENTIFIER") ?? Text(entry, "_COMM") ?? "",
            record is { } said && Text(said, "message") is { } words ? words + (Text(said, "error") is { } error ? $" ({error})" : "") : message,
            record);
    }

    /// <summary>As one line of JSON.</summary>
    public string ToJson()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("time", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", Level);
            json.WriteString("source", Source);
            json.WriteString("message", Message);
            if (Record is { } record)
            {
                json.WritePropertyName("record");
                record.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static JsonElement? ParseObject(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A field's text. The journal writes what is not plain UTF-8 as an array of bytes.</summary>
    private static string? Text(JsonElement entry, string name) => !entry.TryGetProperty(name, out JsonElement field) ? null : field.ValueKind switch
    {
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Array when field.EnumerateArray().All(b => b.ValueKind == JsonValueKind.Number && b.TryGetByte(out _)) =>
            Encoding.UTF8.GetString([.. field.EnumerateArray().Select(b => b.GetByte())]),
        _ => null,
    };

    /// <summary>syslog(3): 0 to 3 are errors.</summary>
    private static string LevelOf(string? priority) => priority switch
    {
        "0" or "1" or "2" or "3" => "error",
        "4" => "warn",
        "7" => "debug",
        _ => "info",
    };
}
