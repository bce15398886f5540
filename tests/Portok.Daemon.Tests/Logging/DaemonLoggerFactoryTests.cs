using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portok.Daemon.Logging;
using Shouldly;

namespace Portok.Daemon.Tests.Logging;

public sealed partial class DaemonLoggerFactoryTests : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly DaemonLoggerFactory _factory;

    public DaemonLoggerFactoryTests()
        => _factory = new(_output, new JsonLogFormatter("api", forJournal: false), new FakeTimeProvider(Records.At), LogLevel.Information, verbose: false);

    public void Dispose()
    {
        _factory.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Log_GeneratedMethod_PassesEventAndFields()
    {
        SwitchedTo(_factory.CreateLogger("A"), 8081, "manual\n");
        Written().ShouldBe("""{"time":"2024-01-15T10:30:00.123Z","level":"info","event":3998,"name":"SwitchedTo","instance":"api","category":"A","message":"Switched to 8081: manual\n","fields":{"port":8081,"reason":"manual\n"}}""" + "\n");
    }

    [Fact]
    public void Log_BelowTheLevel_IsNotWrittenUntilTheLevelChanges()
    {
        ILogger log = _factory.CreateLogger("A");
        log.LogDebug("too early");
        _factory.Apply(LogLevel.Debug, verbose: true);
        log.LogDebug(Records.Hostile(), "in time");
        string written = Written();
        written.ShouldNotContain("too early");
        written.ShouldContain("in time");
        written.ShouldContain("Records.Hostile()");
    }

    [Fact]
    public void Log_FrameworkAtInfo_IsKeptOutButItsWarningsAreNot()
    {
        ILogger log = _factory.CreateLogger("Microsoft.AspNetCore.Server.Kestrel");
        log.LogInformation("started");
        log.LogWarning("trouble");
        string written = Written();
        written.ShouldNotContain("started");
        written.ShouldContain("trouble");
    }

    [Fact]
    public void Log_Off_WritesNothing()
    {
        _factory.Apply(LogLevel.None, verbose: false);
        _factory.CreateLogger("A").LogCritical("x");
        Written().ShouldBeEmpty();
    }

    [LoggerMessage(3998, LogLevel.Information, "Switched to {Port}: {Reason}")]
    private static partial void SwitchedTo(ILogger logger, int port, string reason);

    private string Written()
    {
        _factory.Dispose();
        return Encoding.UTF8.GetString(_output.ToArray());
    }
}
