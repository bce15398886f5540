using Microsoft.Extensions.Logging;

namespace Portok.Daemon.Logging;

/// <summary>
/// The daemon's loggers: one sink, one form. The framework's own factory with its filters, options and container would cost
/// more start-up time than the whole daemon. Thread-safe.
/// </summary>
internal sealed class DaemonLoggerFactory : ILoggerFactory
{
    private readonly ILogFormatter _formatter;
    private readonly TimeProvider _clock;
    private readonly LogSink _sink;
    private volatile LogLevel _level;
    private volatile bool _verbose;

    /// <param name="output">Where lines go; not closed.</param>
    public DaemonLoggerFactory(Stream output, ILogFormatter formatter, TimeProvider clock, LogLevel level, bool verbose)
    {
        _formatter = formatter;
        _clock = clock;
        _level = level;
        _verbose = verbose;
        _sink = new LogSink(output, DescribeLoss);
    }

    /// <summary>Follows new settings for what is logged from now on.</summary>
    public void Apply(LogLevel level, bool verbose)
    {
        _level = level;
        _verbose = verbose;
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The daemon writes to one place only.");

    /// <summary>Writes what is queued, for at most a second.</summary>
    public void Dispose() => _sink.Dispose();

    private byte[] DescribeLoss(long lines) => _formatter.Format(new LogRecord
    {
        At = _clock.GetUtcNow(),
        Level = LogLevel.Warning,
        Event = LogEvents.LinesLost,
        Category = typeof(LogSink).FullName!,
        Message = $"{lines} log lines were lost: the output did not take them in time",
        Fields = [new("Lines", lines)],
        Exception = null,
        Verbose = false,
    });

    private sealed class Logger(DaemonLoggerFactory factory, string category) : ILogger
    {
        // The web server under the admin API reports every start and stop of its own; only its troubles concern a person.
        private readonly bool _framework = category.StartsWith("Microsoft.", StringComparison.Ordinal) || category.StartsWith("System.", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level)
        {
            LogLevel least = factory._level;
            if (_framework && least == LogLevel.Information)
            {
                least = LogLevel.Warning;
            }

            return level >= least && level != LogLevel.None;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            factory._sink.Write(factory._formatter.Format(new LogRecord
            {
                At = factory._clock.GetUtcNow(),
                Level = logLevel,
                Event = eventId,
                Category = category,
                Message = formatter(state, exception),
                Fields = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [],
                Exception = exception,
                Verbose = factory._verbose,
            }));
        }
    }
}
