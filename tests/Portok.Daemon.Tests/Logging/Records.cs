using System.Text;
using Microsoft.Extensions.Logging;
using Portok.Daemon.Logging;

namespace Portok.Daemon.Tests.Logging;

/// <summary>Formats records that are plain but for what a test says.</summary>
internal static class Records
{
    public static readonly DateTimeOffset At = new(2024, 1, 15, 10, 30, 0, 123, TimeSpan.Zero);

    public static string Format(
        ILogFormatter formatter,
        string message = "Hello",
        LogLevel level = LogLevel.Information,
        Exception? exception = null,
        bool verbose = false,
        params KeyValuePair<string, object?>[] fields)
        => Encoding.UTF8.GetString(formatter.Format(new LogRecord
        {
            At = At,
            Level = level,
            Event = new EventId(3999, "Tested"),
            Category = "Portok.Tests",
            Message = message,
            Fields = fields,
            Exception = exception,
            Verbose = verbose,
        }));

    /// <summary>An exception with a stack and hostile words.</summary>
    public static Exception Hostile()
    {
        try
        {
            throw new InvalidOperationException("bad\n10:00:00 error forged\e[2J", new IOException("inner"));
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
    }
}
