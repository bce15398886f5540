using System.Diagnostics;

namespace Portok.Compare.Processes;

/// <summary>Ends a child, and what it started, when this process is ended before it: a run that is broken off leaves nothing behind.</summary>
internal sealed class EndAtExit : IDisposable
{
    private readonly EventHandler _handler;

    public EndAtExit(Process child)
    {
        _handler = (_, _) =>
        {
            try
            {
                child.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself.
            }
        };
        AppDomain.CurrentDomain.ProcessExit += _handler;
    }

    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= _handler;
}
