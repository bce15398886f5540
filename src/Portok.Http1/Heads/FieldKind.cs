namespace Portok.Http1;

/// <summary>The fields a relay has to know by name; everything else is <see cref="Other"/> and passes as it came.</summary>
public enum FieldKind : byte
{
    Other,
    Host,
    ContentLength,
    TransferEncoding,
    Connection,
    KeepAlive,
    ProxyConnection,
    ProxyAuthenticate,
    ProxyAuthorization,
    ProxyAuthenticationInfo,
    Te,
    Trailer,
    Upgrade,
    Expect,
    MaxForwards,
    Accept,
    ForwardedFor,
    ForwardedProto,
    ForwardedHost,
    ForwardedPort,
    AdminToken,
    PortokPeer,
}
