using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portok.Daemon.Logging;

/// <summary>
/// One JSON object a line: time (UTC), level, event, name, instance, category, message, fields, error. Fields have an object of
/// their own, so that none can stand in for the line's time or level.
/// </summary>
/// <param name="forJournal">Put the journal's level prefix in front; the journal takes it off again.</param>
internal sealed class JsonLogFormatter(string instance, bool forJournal) : ILogFormatter
{
    // The relaxed encoder still escapes quotes, backslashes and every control character; the strict one would also turn
    // apostrophes and umlauts into numbers, for the sake of web pages.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc/>
    public byte[] Format(in LogRecord record)
    {
        ArrayBufferWriter<byte> line = new(256);
        if (forJournal)
        {
            line.Write(Encoding.ASCII.GetBytes(LogParts.JournalPrefix(record.Level)));
        }

        using (Utf8JsonWriter json = new(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", LogParts.Name(record.Level));
            json.WriteNumber("event", record.Event.Id);
            if (record.Event.Name is { } name)
            {
                json.WriteString("name", name);
            }

            json.WriteString("instance", instance);
            json.WriteString("category", record.Category);
            json.WriteString("message", record.Message);
            WriteFields(json, record.Fields);
            if (record.Exception is { } exception)
            {
                json.WriteString("error", LogParts.Describe(exception, record.Verbose));
            }

            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        bool any = false;
        for (int i = 0; i < fields.Count; i++)
        {
            (string name, object? value) = fields[i];
            if (name is LogRecord.TemplateField)
            {
                continue;
            }

            if (!any)
            {
                json.WriteStartObject("fields");
                any = true;
            }

            json.WritePropertyName(LogParts.FieldName(name));
            WriteValue(json, value);
        }

        if (any)
        {
            json.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case byte or sbyte or short or ushort or int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case uint or ulong:
                json.WriteNumberValue(Convert.ToUInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset at:
                json.WriteStringValue(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case IFormattable formattable:
                json.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
