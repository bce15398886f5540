namespace Portok.Http1;

/// <summary>How a request head is to be written for the app.</summary>
public readonly ref struct RequestRewrite
{
    /// <summary>The client's address as text, IPv4-mapped addresses as IPv4.</summary>
    public ReadOnlySpan<byte> ClientAddress { get; init; }

    /// <summary>Port of the app on 127.0.0.1; the Host of an HTTP/1.0 request that has none.</summary>
    public int UpstreamPort { get; init; }

    /// <summary>ENABLE_XFWD.</summary>
    public bool AddForwarded { get; init; }

    /// <summary>Say Connection: close to the app (UPSTREAM_KEEPALIVE=0).</summary>
    public bool CloseUpstream { get; init; }

    /// <summary>Relay Upgrade and Connection: Upgrade.</summary>
    public bool RelayUpgrade { get; init; }

    /// <summary>The request goes to the admin API: x-admin-token stays, and x-portok-peer with the client's address is added. No X-Forwarded-* is added.</summary>
    public bool ForAdmin { get; init; }
}

/// <summary>Writes a request head anew from what was parsed (RFC 9110 7.6). Pure; allocates nothing.</summary>
public static class RequestRewriter
{
    /// <summary>An upper bound in bytes of what <see cref="Write"/> can write for a head of this length.</summary>
    public static int MaxLength(int headLength) => (2 * headLength) + 512;

    /// <summary>Writes the head; always as HTTP/1.1. Fields keep name, case, order, duplicates and value.</summary>
    /// <param name="head">The parsed head.</param>
    /// <param name="source">The bytes it was parsed from.</param>
    /// <param name="rewrite">What to change.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes; must not overlap the source.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(RequestHead head, ReadOnlySpan<byte> source, in RequestRewrite rewrite, Span<byte> destination)
        => throw new NotImplementedException();
}
