using System.Runtime.InteropServices;

namespace Portok.Cli.CommandLine;

/// <summary>Turns Ctrl-C and the signals that end a process into a cancellation, so that what was begun is ended or undone first. A second signal ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
    {
        _registrations =
        [
            .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT]).Select(signal =>
                PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = !_stop.IsCancellationRequested;
                    _stop.Cancel();
                })),
        ];
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }
}
