using Portok.Linux.Polling;

namespace Portok.Proof;

/// <summary>A socket on a <see cref="SocketLoop"/>. Everything about it happens on the loop's thread.</summary>
public abstract class LoopSocket
{
    /// <summary>The descriptor; −1 when closed.</summary>
    public int Descriptor { get; internal set; } = -1;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => Descriptor >= 0;

    internal uint Generation { get; set; }

    /// <summary>Something has changed (edge-triggered): reading and writing go on until the kernel says Again.</summary>
    public abstract void OnReady(PollEvents events);
}
