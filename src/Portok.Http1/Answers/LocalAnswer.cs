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
    public static AnswerForm Choose(ReadOnlySpan<byte> accept) => accept.IsEmpty ? AnswerForm.Text : AcceptField.Choose(accept);

    /// <summary>The methods that are relayed, and any other but CONNECT.</summary>
    internal static ReadOnlySpan<byte> AllowedMethods => "Allow: GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, PATCH\r\n"u8;

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
    /// <param name="date">The time for the Date field, which an answer of one's own carries when there is a clock (RFC 9110 6.6.1); null leaves it out.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, RejectReason reason, AnswerForm form, ReadOnlySpan<byte> page, bool withBody, bool close, bool sayKeepAlive, DateTimeOffset? date = null)
    {
        Span<byte> builtIn = stackalloc byte[MaxLength];
        ReadOnlySpan<byte> body = page.IsEmpty ? builtIn[..AnswerBody.Write(builtIn, reason, form)] : page;
        int status = RejectReasons.Status(reason);

        var writer = new HeadWriter(destination);
        writer.Write("HTTP/1.1 "u8);
        writer.Write((long)status);
        writer.Write(" "u8);
        AnswerBody.WritePlain(ref writer, AnswerBody.ReasonPhrase(status));
        writer.Write("\r\nContent-Type: "u8);
        writer.Write(AnswerBody.ContentType(form));
        writer.Write("\r\nContent-Length: "u8);
        writer.Write((long)body.Length);
        writer.Write("\r\nCache-Control: no-store\r\nProxy-Status: portok; error="u8);
        AnswerBody.WritePlain(ref writer, RejectReasons.ProxyStatusError(reason));
        writer.Write("\r\n"u8);
        if (date is { } now) writer.WriteDate(now);
        // RFC 9110 15.5.6: a 405 names the methods there are.
        if (status == 405) writer.Write(AllowedMethods);
        if (status == 503) writer.Write("Retry-After: 1\r\n"u8);
        if (close) writer.Write("Connection: close\r\n"u8);
        else if (sayKeepAlive) writer.Write("Connection: keep-alive\r\n"u8);
        writer.Write("\r\n"u8);
        if (withBody) writer.Write(body);
        return writer.Length;
    }
}
