namespace Portok.Http1;

/// <summary>
/// What a request head and a response head have in common. An instance is a reusable workspace: one per reactor, filled
/// by a parser, valid until the next parse. All slices are offsets from the head's first byte.
/// </summary>
public abstract class MessageHead
{
    private protected MessageHead(int maxFields) => Fields = new HeaderField[maxFields];

    /// <summary>Storage of the field lines in order; the first <see cref="FieldCount"/> are in use.</summary>
    public HeaderField[] Fields { get; }

    public int FieldCount { get; internal set; }

    /// <summary>Bytes of the head, the empty line included (and for a request one skipped leading CRLF).</summary>
    public int Length { get; internal set; }

    public bool IsHttp10 { get; internal set; }

    public BodyFraming Framing { get; internal set; }

    /// <summary>Body length in bytes when <see cref="Framing"/> is ContentLength; also set (≥ 0) when a bodiless response carries the field, else −1.</summary>
    public long ContentLength { get; internal set; }

    /// <summary>Whether the sender lets the connection go on after this message (RFC 9112 9.3).</summary>
    public bool KeepAlive { get; internal set; }

    /// <summary>Upgrade is present and named by Connection, in an HTTP/1.1 message (RFC 9110 7.8).</summary>
    public bool HasUpgrade { get; internal set; }

    /// <summary>The Upgrade field is the single token "websocket", any case.</summary>
    public bool IsWebSocket { get; internal set; }

    /// <summary>The first field of a kind, or −1. Linear; not for the hot path.</summary>
    public int IndexOf(FieldKind kind)
    {
        for (int i = 0; i < FieldCount; i++)
            if (Fields[i].Kind == kind) return i;
        return -1;
    }
}
