namespace Portok.Compare.Origins;

/// <summary>The app behind the proxies.</summary>
internal interface IOrigin : IDisposable
{
    int Port { get; }

    string Description { get; }

    /// <summary>Length of the body that a GET of / is answered with.</summary>
    int BodyBytes { get; }
}

/// <summary>What a scenario needs behind it.</summary>
internal enum OriginKind
{
    /// <summary>nginx with bodies of several sizes.</summary>
    Static,

    /// <summary>Uploads, tunnels and event streams, on one thread: <see cref="StreamOrigin"/>.</summary>
    Streams,

    /// <summary>An app on Node's http server, as npm portok's users have.</summary>
    Node,
}
