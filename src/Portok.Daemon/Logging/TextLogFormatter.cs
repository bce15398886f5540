using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Portok.Settings;

namespace Portok.Daemon.Logging;

/// <summary>How a line of text tells the time.</summary>
internal enum TextLogTime
{
    /// <summary>Local time of day: for a terminal.</summary>
    TimeOfDay,

    /// <summary>Date and time in UTC: for a file.</summary>
    Utc,

    /// <summary>Not at all: the journal has it, and gets the level as its prefix.</summary>
    Journal,
}

/// <summary>
/// Lines for people: time, level, message, and the fields the message does not show. An exception follows on indented lines, so
/// that nothing in it can pass for a line of the log.
/// </summary>
internal sealed class TextLogFormatter(TextLogTime time, bool colour, TimeZoneInfo zone) : ILogFormatter
{
    private const string Dim = "\e[2m";
    private const string Reset = "\e[0m";

    /// <inheritdoc/>
    public byte[] Format(in LogRecord record)
    {
        StringBuilder line = new(160);
        StartLine(line, record);
        if (time != TextLogTime.Journal)
        {
            string level = LogParts.Name(record.Level).PadRight(5);
            _ = colour ? line.Append(Colour(record.Level)).Append(level).Append(Reset) : line.Append(level);
            line.Append(' ');
        }

        line.Append(LogSafe.Escape(record.Message));
        AppendFields(line, record);
        line.Append('\n');
        if (record.Exception is { } exception)
        {
            AppendException(line, record, exception);
        }

        return Encoding.UTF8.GetBytes(line.ToString());
    }

    private static string Colour(LogLevel level) => level switch
    {
        LogLevel.Warning => "\e[33m",
        LogLevel.Error or LogLevel.Critical => "\e[31m",
        LogLevel.Information => "\e[32m",
        _ => Dim,
    };

    private void StartLine(StringBuilder line, in LogRecord record)
    {
        _ = time switch
        {
            TextLogTime.Journal => line.Append(LogParts.JournalPrefix(record.Level)),
            TextLogTime.Utc => line.Append(record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z '", CultureInfo.InvariantCulture)),
            _ => line.Append(colour ? Dim : "").Append(TimeZoneInfo.ConvertTime(record.At, zone).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)).Append(colour ? Reset : "").Append(' '),
        };
    }

    private void AppendFields(StringBuilder line, in LogRecord record)
    {
        IReadOnlyList<KeyValuePair<string, object?>> fields = record.Fields;
        string template = fields.FirstOrDefault(f => f.Key is LogRecord.TemplateField).Value as string ?? "";
        foreach ((string name, object? value) in fields)
        {
            if (name is LogRecord.TemplateField || template.Contains("{" + name, StringComparison.Ordinal))
            {
                continue;
            }

            string text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "null";
            line.Append(' ').Append(colour ? Dim : "").Append(LogSafe.Escape(LogParts.FieldName(name))).Append('=').Append(LogSafe.Escape(text)).Append(colour ? Reset : "");
        }
    }

    private void AppendException(StringBuilder line, in LogRecord record, Exception exception)
    {
        foreach (string part in LogParts.Describe(exception, record.Verbose).Split('\n'))
        {
            if (time == TextLogTime.Journal)
            {
                line.Append(LogParts.JournalPrefix(record.Level));
            }

            line.Append("    | ").Append(LogSafe.Escape(part.TrimEnd('\r'))).Append('\n');
        }
    }
}
