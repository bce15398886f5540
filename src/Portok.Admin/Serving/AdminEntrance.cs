namespace Portok.Admin.Serving;

/// <summary>The way a connection came in; put on it when it is accepted.</summary>
/// <param name="Public">From the public port, relayed by the data plane: the whole guard applies.</param>
/// <param name="PeerUid">The user on the other end of the Unix socket; null when not known or not asked.</param>
internal sealed record AdminEntrance(bool Public, uint? PeerUid)
{
    public static AdminEntrance FromPublicPort { get; } = new(Public: true, PeerUid: null);
}
