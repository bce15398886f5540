using Microsoft.Extensions.Logging;

namespace Portok.Daemon.Logging;

/// <summary>One thing that happened, before it has a form. Only read while the logging call runs.</summary>
internal readonly ref struct LogRecord
{
    public required DateTimeOffset At { get; init; }
    public required LogLevel Level { get; init; }
    public required EventId Event { get; init; }
    public required string Category { get; init; }
    public required string Message { get; init; }

    /// <summary>The message's values by name, and <see cref="TemplateField"/>.</summary>
    public required IReadOnlyList<KeyValuePair<string, object?>> Fields { get; init; }

    public required Exception? Exception { get; init; }

    /// <summary>Tell the whole exception with its stack. VERBOSE_ERRORS.</summary>
    public required bool Verbose { get; init; }

    /// <summary>The name under which the logging framework passes the message's template.</summary>
    public const string TemplateField = "{OriginalFormat}";
}

/// <summary>The form of a log line. Thread-safe.</summary>
internal interface ILogFormatter
{
    /// <summary>The record as UTF-8, with its line end.</summary>
    byte[] Format(in LogRecord record);
}

/// <summary>What the formatters have in common.</summary>
internal static class LogParts
{
    /// <summary>The level as LOG_LEVEL spells it.</summary>
    public static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "fatal",
        _ => "none",
    };

    /// <summary>The level as sd-daemon(3) prefixes it, so that the journal knows the priority of a line.</summary>
    public static string JournalPrefix(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "<7>",
        LogLevel.Warning => "<4>",
        LogLevel.Error => "<3>",
        LogLevel.Critical => "<2>",
        _ => "<6>",
    };

    /// <summary>An exception as its message chain, or whole.</summary>
    public static string Describe(Exception exception, bool verbose)
    {
        if (verbose)
        {
            return exception.ToString();
        }

        string text = $"{exception.GetType().Name}: {exception.Message}";
        return exception.InnerException is { } inner ? $"{text} ({inner.GetType().Name}: {inner.Message})" : text;
    }

    /// <summary>A field's name as it is written: camelCase, as everywhere in Portok's JSON.</summary>
    public static string FieldName(string name)
        => name.Length > 0 && char.IsAsciiLetterUpper(name[0]) ? string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1)) : name;
}
