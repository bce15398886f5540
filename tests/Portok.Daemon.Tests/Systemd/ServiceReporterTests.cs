using Microsoft.Extensions.Time.Testing;
using Portok.Daemon.Systemd;
using Portok.Linux.Systemd;
using Shouldly;

namespace Portok.Daemon.Tests.Systemd;

public sealed class ServiceReporterTests : IAsyncDisposable
{
    private readonly FakeManager _manager = new();
    private readonly FakeTimeProvider _time = new();
    private readonly NotifySocket _socket;
    private string _status = "fine";
    private bool _alive = true;
    private ServiceReporter? _reporter;

    public ServiceReporterTests() => _socket = NotifySocket.Open(_manager.Address);

    public async ValueTask DisposeAsync()
    {
        if (_reporter is not null)
        {
            await _reporter.DisposeAsync();
        }

        _socket.Dispose();
        _manager.Dispose();
    }

    [Fact]
    public void Ready_SaysReadyWithTheStatus()
    {
        Report(watchdog: null).Ready();
        _manager.Receive().ShouldBe("READY=1\nSTATUS=fine");
        _manager.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public void Status_IsSaidAgainOnlyWhenItChanged()
    {
        Report(watchdog: null).Ready();
        _manager.Receive();
        _time.Advance(TimeSpan.FromSeconds(10));
        _manager.IsQuiet.ShouldBeTrue();
        _status = "port 8081\nREADY=0";
        _time.Advance(TimeSpan.FromSeconds(10));
        _manager.Receive().ShouldBe("STATUS=port 8081 READY=0");
        _manager.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public void Watchdog_BeatsTwiceInItsLimitAsLongAsTheDaemonIsAlive()
    {
        Report(watchdog: TimeSpan.FromSeconds(2)).Ready();
        _time.Advance(TimeSpan.Zero);
        _manager.Receive().ShouldStartWith("READY=1");
        _manager.Receive().ShouldBe("WATCHDOG=1");
        _time.Advance(TimeSpan.FromSeconds(1));
        _manager.Receive().ShouldBe("WATCHDOG=1");
        _alive = false;
        _time.Advance(TimeSpan.FromSeconds(5));
        _manager.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public void Reload_IsFramedByReloadingAndReady()
    {
        ServiceReporter reporter = Report(watchdog: null);
        Should.Throw<InvalidOperationException>(() => reporter.Reload(() =>
        {
            _manager.Receive().ShouldMatch("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$");
            throw new InvalidOperationException("a reload that fails");
        }));
        _manager.Receive().ShouldBe("READY=1\nSTATUS=fine");
    }

    [Fact]
    public void Stopping_SaysSoOnceAndAsksForItsTime()
    {
        ServiceReporter reporter = Report(watchdog: null);
        reporter.Ready();
        _manager.Receive();
        reporter.Stopping(TimeSpan.FromSeconds(33));
        _manager.Receive().ShouldBe("STOPPING=1\nSTATUS=stopping, finishing work in flight for at most 33 s");
        _manager.Receive().ShouldBe("EXTEND_TIMEOUT_USEC=33000000");
        _status = "other";
        _time.Advance(TimeSpan.FromSeconds(10));
        _manager.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public async Task NoManager_NothingHappens()
    {
        using NotifySocket nobody = NotifySocket.Open(null);
        await using ServiceReporter reporter = new(nobody, TimeSpan.FromSeconds(1), () => throw new InvalidOperationException(), () => throw new InvalidOperationException(), _time);
        reporter.Ready();
        _time.Advance(TimeSpan.FromSeconds(10));
    }

    private ServiceReporter Report(TimeSpan? watchdog) => _reporter = new(_socket, watchdog, () => _status, () => _alive, _time);
}
