using Portok.Linux.Sockets;

namespace Portok.Engine.Reactors;

/// <summary>
/// Clients for whom there is no place (<see cref="Traffic.DescriptorBudget"/>): each is told 503 and has a moment to read it.
/// When too many are being told at once, the others wait in the kernel's queue, as they would for a busy server.
/// </summary>
internal sealed partial class Reactor
{
    private int _refusing;

    private int MostRefusals => Math.Max(1, Shared.Budget.Refusals / Shared.Options.Reactors);

    /// <summary>There is neither a place for a client nor one for telling it so.</summary>
    private bool MustWait() => _refusing >= MostRefusals && Shared.Budget.Left <= 0 && !Stopping;

    private void Refuse(int fd, in PeerAddress peer)
    {
        if (Admit(fd, peer) is not { } client) return;
        _refusing++;
        Guarded(client, client.Refuse);
    }

    private void EndRefusal()
    {
        // Whoever waits in the kernel's queue comes next, without waiting for the pause to end.
        if (_refusing-- == MostRefusals && _pause is not null && !Stopping) Timers.Set(_pause, NowMs);
    }
}
