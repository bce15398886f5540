using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>A proxy that can be measured.</summary>
internal interface IPeer
{
    /// <summary>As written on the command line and in tables.</summary>
    string Name { get; }

    /// <summary>Null when it can run here, else what is missing.</summary>
    string? Missing { get; }

    /// <summary>What it says of its own version.</summary>
    string Version { get; }

    /// <summary>How it is configured, in a line.</summary>
    string Configuration { get; }

    /// <summary>Starts it, relaying from the port to the origin's, both on 127.0.0.1.</summary>
    Server Start(int port, int originPort, ScratchFolder scratch);
}
