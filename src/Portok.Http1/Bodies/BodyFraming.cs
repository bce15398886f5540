namespace Portok.Http1;

/// <summary>How the end of a message body is found (RFC 9112 6.3).</summary>
public enum BodyFraming : byte
{
    /// <summary>There is no body.</summary>
    None,

    /// <summary>Content-Length bytes follow, possibly 0.</summary>
    ContentLength,

    /// <summary>The chunked transfer coding.</summary>
    Chunked,

    /// <summary>Responses only: the body ends where the connection does.</summary>
    UntilClose,
}
