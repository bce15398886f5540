namespace Portok.Http1;

/// <summary>A parsed request head (RFC 9112 3 and 5). See <see cref="MessageHead"/> for lifetime.</summary>
public sealed class RequestHead(int maxFields) : MessageHead(maxFields)
{
    public MethodKind Method { get; internal set; }

    public Slice MethodToken { get; internal set; }

    /// <summary>The target as it came.</summary>
    public Slice Target { get; internal set; }

    /// <summary>
    /// The origin-form part of the target, path and query: the target itself, or what follows the authority of an
    /// absolute-form (empty when nothing does; starts with '?' when only a query does: the rewriter puts "/" in front).
    /// </summary>
    public Slice OriginTarget { get; internal set; }

    /// <summary>The path of <see cref="OriginTarget"/>: what stands before '?'.</summary>
    public Slice Path { get; internal set; }

    /// <summary>The authority of an absolute-form target, else empty.</summary>
    public Slice Authority { get; internal set; }

    public bool IsAbsoluteForm { get; internal set; }

    /// <summary>The Host field's value; empty when there was none (HTTP/1.0).</summary>
    public Slice Host { get; internal set; }

    /// <summary>Expect: 100-continue was asked for (ignored in HTTP/1.0, RFC 9110 10.1.1).</summary>
    public bool ExpectContinue { get; internal set; }

    /// <summary>TE contains "trailers".</summary>
    public bool AcceptsTrailers { get; internal set; }

    /// <summary>How many more hops a TRACE or OPTIONS may go (RFC 9110 7.6.2); −1 when nothing limits it, and for every other method.</summary>
    public long MaxForwards { get; internal set; }

    /// <summary>GET, HEAD, PUT, DELETE, OPTIONS, TRACE (RFC 9110 9.2.2).</summary>
    public bool IsIdempotent => Method is MethodKind.Get or MethodKind.Head or MethodKind.Put or MethodKind.Delete
        or MethodKind.Options or MethodKind.Trace;

    /// <summary>The host the request is for: the authority of an absolute-form (RFC 9112 3.2.2), else Host.</summary>
    internal Slice EffectiveHost => IsAbsoluteForm ? Authority : Host;

    internal void Reset(int length)
    {
        Clear(length);
        Method = MethodKind.Other;
        MethodToken = default;
        Target = default;
        OriginTarget = default;
        Path = default;
        Authority = default;
        IsAbsoluteForm = false;
        Host = default;
        ExpectContinue = false;
        AcceptsTrailers = false;
        MaxForwards = -1;
    }
}
