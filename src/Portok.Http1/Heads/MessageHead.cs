namespace Portok.Http1;

/// <summary>
/// What a request head and a response head have in common. An instance is a reusable workspace: one per reactor, filled
/// by a parser, valid until the next parse. All slices are offsets from the head's first byte.
/// </summary>
public abstract class MessageHead
{
    /// <summary>One more than the last <see cref="FieldKind"/>; kinds are bits of <see cref="Seen"/>.</summary>
    internal const int KindCount = (int)FieldKind.PortokPeer + 1;

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

    /// <summary>Connection has named fields of one hop besides those that always are.</summary>
    internal bool NamesFields { get; set; }

    /// <summary>One bit per <see cref="FieldKind"/> that occurs.</summary>
    internal uint Seen { get; set; }

    /// <summary>One bit per <see cref="FieldKind"/> that occurs more than once.</summary>
    internal uint Repeated { get; set; }

    /// <summary>Index of the first field of each kind; valid where <see cref="Seen"/> has its bit.</summary>
    internal int[] FirstOfKind { get; } = new int[KindCount];

    /// <summary>Offset of the first field line (of the empty line when there is none).</summary>
    internal int FieldsStart { get; set; }

    /// <summary>The first field of a kind, or −1. For Other it searches; for every other kind the answer is at hand.</summary>
    public int IndexOf(FieldKind kind)
    {
        if (kind != FieldKind.Other) return Has(kind) ? FirstOfKind[(int)kind] : -1;
        for (int i = 0; i < FieldCount; i++)
            if (Fields[i].Kind == kind) return i;
        return -1;
    }

    internal static uint Bit(FieldKind kind) => 1u << (int)kind;

    internal bool Has(FieldKind kind) => (Seen & Bit(kind)) != 0;

    internal bool HasRepeated(FieldKind kind) => (Repeated & Bit(kind)) != 0;

    /// <summary>The value of the first field of a kind that is known to be there.</summary>
    internal Slice FirstValue(FieldKind kind) => Fields[FirstOfKind[(int)kind]].Value;

    /// <summary>Where the line after field i starts: the next field's, or the empty line's.</summary>
    internal int LineAfter(int i) => i + 1 < FieldCount ? Fields[i + 1].Name.Start : Length - 2;

    private protected void Clear(int length)
    {
        Length = length;
        FieldCount = 0;
        FieldsStart = 0;
        Seen = 0;
        Repeated = 0;
        IsHttp10 = false;
        Framing = BodyFraming.None;
        ContentLength = -1;
        KeepAlive = false;
        HasUpgrade = false;
        IsWebSocket = false;
        NamesFields = false;
    }
}
