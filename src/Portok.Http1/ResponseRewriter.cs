namespace Portok.Http1;

/// <summary>What happens to the framing of a response body on its way to the client.</summary>
public enum ResponseBodyChange : byte
{
    /// <summary>Goes on framed as it came.</summary>
    None,

    /// <summary>A close-delimited body becomes chunked (HTTP/1.1 client).</summary>
    AddChunked,

    /// <summary>A chunked body becomes close-delimited (HTTP/1.0 client).</summary>
    StripChunked,
}

/// <summary>How a response head is to be written for the client.</summary>
public readonly struct ResponseRewrite
{
    public ResponseBodyChange BodyChange { get; init; }

    /// <summary>Say Connection: close.</summary>
    public bool CloseClient { get; init; }

    /// <summary>Say Connection: keep-alive (HTTP/1.0 client that asked for it).</summary>
    public bool SayKeepAlive { get; init; }

    /// <summary>The answer is a relayed 101: Upgrade and Connection: Upgrade stay.</summary>
    public bool RelayUpgrade { get; init; }
}

/// <summary>Writes a response head anew from what was parsed (RFC 9110 7.6). Pure; allocates nothing.</summary>
public static class ResponseRewriter
{
    /// <summary>An upper bound in bytes of what <see cref="Write"/> can write for a head of this length.</summary>
    public static int MaxLength(int headLength) => headLength + 256;

    /// <summary>Writes the head; always as HTTP/1.1. A repeated equal Content-Length becomes one; a 1xx or 204 loses it (RFC 9110 8.6).</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(ResponseHead head, ReadOnlySpan<byte> source, in ResponseRewrite rewrite, Span<byte> destination)
        => throw new NotImplementedException();
}
