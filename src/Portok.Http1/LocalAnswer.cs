namespace Portok.Http1;

/// <summary>The form of a body Portok writes itself.</summary>
public enum AnswerForm : byte
{
    Text,
    Html,
    Json,
}

/// <summary>Answers that Portok gives itself: short, naming the fault, in the form the request's Accept prefers. Pure.</summary>
public static class LocalAnswer
{
    /// <summary>Chooses by Accept (RFC 9110 12.5.1, weights included): JSON or HTML when preferred over plain text, else text.</summary>
    /// <param name="accept">The value of the Accept field, empty when absent.</param>
    public static AnswerForm Choose(ReadOnlySpan<byte> accept) => throw new NotImplementedException();

    /// <summary>An upper bound of what <see cref="Write"/> writes without a page of the user's.</summary>
    public const int MaxLength = 2048;

    /// <summary>
    /// Writes head and body: Content-Type, Content-Length, Proxy-Status: portok; error=… (RFC 9209), Connection: close or keep-alive
    /// where needed, Cache-Control: no-store, Allow with 405, Retry-After: 1 with 503.
    /// </summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes, plus the page's.</param>
    /// <param name="reason">What happened.</param>
    /// <param name="form">The form of the body.</param>
    /// <param name="page">A body of the user's in that form instead of the built-in one; empty for none.</param>
    /// <param name="withBody">False for an answer to HEAD: same fields, no body.</param>
    /// <param name="close">Say Connection: close.</param>
    /// <param name="sayKeepAlive">Say Connection: keep-alive (HTTP/1.0 client).</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, RejectReason reason, AnswerForm form, ReadOnlySpan<byte> page, bool withBody, bool close, bool sayKeepAlive)
        => throw new NotImplementedException();
}
