namespace Portok.Differential.Peers;

/// <summary>A proxy with one way through it for each lane: from a port of its own to an origin of the lane's own.</summary>
internal interface IPeer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>What it says of itself, without what differs from machine to machine.</summary>
    string Version { get; }

    /// <summary>How it is set up, in a line.</summary>
    string Setup { get; }

    /// <summary>Starts it.</summary>
    /// <param name="origins">Port of each lane's origin.</param>
    /// <returns>The port to connect to, of each lane.</returns>
    Task<IReadOnlyList<int>> StartAsync(IReadOnlyList<int> origins);
}
