namespace Portok.Admin.Serving;

/// <summary>One answer, ready to be written. Always JSON, never to be stored.</summary>
internal sealed record AdminReply(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The Allow header of a 405 (RFC 9110, section 15.5.6).</summary>
    public string? Allow { get; init; }

    /// <summary>The Retry-After header of a 429 and 503, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The WWW-Authenticate header that a 401 must have (RFC 9110, section 15.5.2).</summary>
    public string? Challenge { get; init; }
}
