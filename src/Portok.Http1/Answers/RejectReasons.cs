namespace Portok.Http1;

/// <summary>The one table of what each <see cref="RejectReason"/> means to a client, a log and a metric.</summary>
public static class RejectReasons
{
    /// <summary>The status code of the answer, 400–599.</summary>
    public static int Status(RejectReason reason) => Of(reason).Status;

    /// <summary>The proxy error type of RFC 9209 2.3, e.g. "connection_refused".</summary>
    public static string ProxyStatusError(RejectReason reason) => Of(reason).Error;

    /// <summary>A stable kebab-case name for logs and metrics, e.g. "content-length-repeated".</summary>
    public static string Token(RejectReason reason) => Of(reason).Token;

    /// <summary>One sentence for a person: what was wrong.</summary>
    public static string Describe(RejectReason reason) => Of(reason).Sentence;

    /// <summary>
    /// What a fault that <see cref="HeadScanner"/> or <see cref="ChunkedBody"/> found means when the app's side made it:
    /// they name faults by the bytes, not by the sender. Reasons of the app's side stay as they are.
    /// </summary>
    public static RejectReason ForResponse(RejectReason reason) => reason switch
    {
        RejectReason.None => RejectReason.None,
        RejectReason.HeadTooLarge or RejectReason.TooManyFields or RejectReason.RequestLineTooLong => RejectReason.ResponseHeadTooLarge,
        RejectReason.HeadTimeout or RejectReason.BodyTimeout => RejectReason.ResponseTimeout,
        >= RejectReason.ContentLengthInvalid and <= RejectReason.CodingUnsupported => RejectReason.ResponseFramingInvalid,
        RejectReason.ChunkInvalid or RejectReason.TrailerInvalid => RejectReason.ResponseFramingInvalid,
        < RejectReason.ResponseMalformed => RejectReason.ResponseMalformed,
        _ => reason,
    };

    private static Meaning Of(RejectReason reason) => reason switch
    {
        RejectReason.None => new(500, "proxy_internal_response", "none", "Nothing was wrong."),

        RejectReason.RequestLineMalformed => Request(400, "request-line-malformed", "The request line is not of the form 'METHOD target HTTP/1.1'."),
        RejectReason.RequestLineTooLong => Request(414, "request-line-too-long", "The request line is longer than this server accepts."),
        RejectReason.MethodInvalid => Request(400, "method-invalid", "The method has a character that no method may have."),
        RejectReason.MethodConnect => Request(405, "method-connect", "CONNECT is not offered here: this server is not a forward proxy."),
        RejectReason.TargetInvalid => Request(400, "target-invalid", "The request target is neither a path nor an http URL, or has a character that must be percent-encoded."),
        RejectReason.VersionMissing => Request(400, "version-missing", "The request line has no HTTP version; HTTP/0.9 is not offered."),
        RejectReason.VersionUnsupported => Request(505, "version-unsupported", "Only HTTP/1.1 and HTTP/1.0 are spoken here."),
        RejectReason.HeadTooLarge => Request(431, "head-too-large", "The header fields together are larger than this server accepts."),
        RejectReason.TooManyFields => Request(431, "too-many-fields", "There are more header fields than this server accepts."),
        RejectReason.HeadTimeout => Request(408, "head-timeout", "The request's header fields did not arrive in time."),
        RejectReason.BareLineBreak => Request(400, "bare-line-break", "A line of the head ends in CR or LF alone; it must end in CR LF."),
        RejectReason.ControlInHead => Request(400, "control-in-head", "The head has a NUL or another control character."),
        RejectReason.ObsoleteFold => Request(400, "obsolete-fold", "A header field goes on over a second line, which HTTP no longer allows."),
        RejectReason.FieldNameInvalid => Request(400, "field-name-invalid", "A header field's name is empty, has a character that no name may have, or has a space before its colon."),
        RejectReason.FieldValueInvalid => Request(400, "field-value-invalid", "A header field's value is not valid."),
        RejectReason.LeadingWhiteSpace => Request(400, "leading-white-space", "The first header field begins with white space."),
        RejectReason.HostMissing => Request(400, "host-missing", "An HTTP/1.1 request needs a Host field."),
        RejectReason.HostRepeated => Request(400, "host-repeated", "There is more than one Host field."),
        RejectReason.HostInvalid => Request(400, "host-invalid", "The Host field is not a host name or address with an optional port."),
        RejectReason.ContentLengthInvalid => Request(400, "content-length-invalid", "Content-Length is not a plain decimal number, or too large."),
        RejectReason.ContentLengthRepeated => Request(400, "content-length-repeated", "There is more than one Content-Length."),
        RejectReason.LengthAndCoding => Request(400, "length-and-coding", "Content-Length and Transfer-Encoding must not stand in one message."),
        RejectReason.CodingInHttp10 => Request(400, "coding-in-http10", "Transfer-Encoding must not stand in an HTTP/1.0 message."),
        RejectReason.CodingRepeated => Request(400, "coding-repeated", "There is more than one Transfer-Encoding."),
        RejectReason.CodingInvalid => Request(400, "coding-invalid", "Transfer-Encoding is not 'chunked'."),
        RejectReason.CodingUnsupported => Request(501, "coding-unsupported", "No transfer coding but 'chunked' is offered; use Content-Encoding to compress."),
        RejectReason.ExpectationUnknown => Request(417, "expectation-unknown", "No expectation but '100-continue' can be met."),
        RejectReason.ChunkInvalid => Request(400, "chunk-invalid", "The chunked body is not framed correctly."),
        RejectReason.TrailerInvalid => Request(400, "trailer-invalid", "The trailer of the chunked body is not valid, or too large."),
        RejectReason.BodyTooLarge => Request(413, "body-too-large", "The body is larger than this server accepts."),
        RejectReason.BodyTimeout => Request(408, "body-timeout", "The body did not arrive in time."),
        RejectReason.RequestCutShort => Request(400, "request-cut-short", "The connection ended before the whole body had arrived."),

        RejectReason.ResponseMalformed => new(502, "http_protocol_error", "response-malformed", "The app's answer is not valid HTTP/1.1."),
        RejectReason.ResponseFramingInvalid => new(502, "http_protocol_error", "response-framing-invalid", "The app's answer does not say clearly where it ends."),
        RejectReason.ResponseHeadTooLarge => new(502, "http_response_header_section_size", "response-head-too-large", "The header fields of the app's answer are too large."),
        RejectReason.ResponseStatusInvalid => new(502, "http_protocol_error", "response-status-invalid", "The app's answer has no valid status code."),
        RejectReason.ResponseUnasked101 => new(502, "http_protocol_error", "response-unasked-101", "The app switched protocols without being asked to."),
        RejectReason.ResponseTimeout => new(504, "http_response_timeout", "response-timeout", "The app did not answer in time."),
        RejectReason.ResponseCutShort => new(502, "http_response_incomplete", "response-cut-short", "The app's answer ended before it was complete."),
        RejectReason.ConnectionRefused => new(502, "connection_refused", "connection-refused", "The app is not running: it refused the connection."),
        RejectReason.ConnectionTimeout => new(504, "connection_timeout", "connection-timeout", "The app did not accept the connection in time."),
        RejectReason.ConnectionReset => new(502, "connection_terminated", "connection-reset", "The app reset the connection before it answered."),
        RejectReason.ConnectionClosed => new(502, "connection_terminated", "connection-closed", "The app closed the connection before it answered."),

        RejectReason.NoTarget => new(503, "destination_unavailable", "no-target", "There is no app to pass the request to."),
        RejectReason.Overloaded => new(503, "connection_limit_reached", "overloaded", "All connections to the app are in use; try again in a moment."),
        RejectReason.Stopping => new(503, "destination_unavailable", "stopping", "The server is shutting down; try again in a moment."),
        _ => new(500, "proxy_internal_error", "internal-error", "Something went wrong inside the proxy."),
    };

    /// <summary>A fault of the client: RFC 9209 has one error type for all of them.</summary>
    private static Meaning Request(int status, string token, string sentence) => new(status, "http_request_error", token, sentence);

    private readonly record struct Meaning(int Status, string Error, string Token, string Sentence);
}
