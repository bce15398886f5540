namespace Portok.Engine.Traffic;

/// <summary>
/// Shares out the descriptors of the process, so that clients cannot take those that their own requests need: a client that
/// finds no place is refused while connections to the app, the admin API, probes and the state file still get theirs. Any thread.
/// </summary>
/// <remarks>
/// A third of what is free is kept for everything that is not relaying (and for refusing kindly), of the rest a sixth each for
/// connections to the active and to a draining port, and what is left is for clients. A tunnel needs a second place: its
/// connection to the app lasts as long as it does, and counts no longer against the cap of those.
/// </remarks>
internal sealed class DescriptorBudget
{
    private const int MostKept = 128;
    private int _left;

    /// <param name="free">Descriptors the process can still open; 0: not known, nothing is limited.</param>
    /// <param name="upstreamMax">The cap of connections to the app that is wished for.</param>
    internal DescriptorBudget(int free, int upstreamMax)
    {
        if (free <= 0)
        {
            (_left, Upstreams, AdminCalls, Refusals) = (int.MaxValue, upstreamMax, int.MaxValue, int.MaxValue);
            return;
        }

        int kept = Math.Min(MostKept, free / 3), relaying = free - kept;
        Upstreams = Math.Max(1, Math.Min(upstreamMax, relaying / 6));
        _left = Math.Max(1, relaying - (2 * Upstreams));
        // An admin call from the public port has both ends of its socket in this process.
        AdminCalls = Math.Max(1, kept / 6);
        Refusals = Math.Max(1, kept / 4);
    }

    /// <summary>Cap of connections to one port; past it requests wait in order.</summary>
    internal int Upstreams { get; }

    /// <summary>Cap of connections to the admin API.</summary>
    internal int AdminCalls { get; }

    /// <summary>Connections, over all reactors, that may be in the middle of being refused.</summary>
    internal int Refusals { get; }

    /// <summary>Places left for clients and tunnels.</summary>
    internal int Left => Volatile.Read(ref _left);

    /// <summary>Takes a place for a client, or for a tunnel's connection to the app.</summary>
    /// <returns>False when there is none left.</returns>
    internal bool TryTake()
    {
        if (Interlocked.Decrement(ref _left) >= 0) return true;
        Interlocked.Increment(ref _left);
        return false;
    }

    /// <summary>Gives a place back, when its descriptor is closed.</summary>
    internal void Return() => Interlocked.Increment(ref _left);
}
