using Portok.Compare.Processes;
using Portok.Testing;

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

    /// <summary>Starts it, relaying from one port to another, both of 127.0.0.1; null when it is no process of its own.</summary>
    Server? Start(PeerStart start);
}

/// <summary>What a peer is started with.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="OriginPort">Where the app listens.</param>
/// <param name="Folder">For its configuration and state; no other peer uses it.</param>
/// <param name="Holding">Clients keep connections idle, or upgraded, in large numbers: limits that are there for other reasons are lifted.</param>
internal sealed record PeerStart(int Port, int OriginPort, TempFolder Folder, bool Holding);
