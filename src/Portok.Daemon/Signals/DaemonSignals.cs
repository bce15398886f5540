using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Portok.Daemon.Signals;

/// <summary>What a signal asks for.</summary>
internal enum SignalRequest
{
    /// <summary>SIGTERM or SIGINT.</summary>
    Stop,

    /// <summary>SIGHUP.</summary>
    Reload,
}

/// <summary>Turns signals into a sequence that one loop reads, so that nothing happens inside a signal's own thread.</summary>
internal sealed class DaemonSignals : IDisposable
{
    private const PosixSignal BrokenPipe = (PosixSignal)13;

    private readonly Channel<SignalRequest> _requests = Channel.CreateUnbounded<SignalRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Takes the signals over from now on.</summary>
    public DaemonSignals()
    {
        On(PosixSignal.SIGTERM, SignalRequest.Stop);
        On(PosixSignal.SIGINT, SignalRequest.Stop);
        On(PosixSignal.SIGHUP, SignalRequest.Reload);
        // A client or a log reader that went away is no reason to die. The runtime ignores the signal already; this says so.
        _registrations.Add(PosixSignalRegistration.Create(BrokenPipe, context => context.Cancel = true));
    }

    /// <summary>The next request, in the order the signals came.</summary>
    public ValueTask<SignalRequest> NextAsync() => _requests.Reader.ReadAsync();

    /// <summary>Passes over what is not a stop.</summary>
    public async Task NextStopAsync()
    {
        while (await NextAsync() != SignalRequest.Stop)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void On(PosixSignal signal, SignalRequest request) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _requests.Writer.TryWrite(request);
    }));
}
