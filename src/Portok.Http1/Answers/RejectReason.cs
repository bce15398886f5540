namespace Portok.Http1;

/// <summary>
/// Everything that makes Portok answer for itself instead of relaying. <see cref="RejectReasons"/> gives the status,
/// the RFC 9209 error token and the words for each.
/// </summary>
public enum RejectReason : byte
{
    None,

    // Requests, RFC 9112 2-7.
    RequestLineMalformed,
    RequestLineTooLong,
    MethodInvalid,
    MethodConnect,
    TargetInvalid,
    VersionMissing,
    VersionUnsupported,
    HeadTooLarge,
    TooManyFields,
    HeadTimeout,
    BareLineBreak,
    ControlInHead,
    ObsoleteFold,
    FieldNameInvalid,
    FieldValueInvalid,
    LeadingWhiteSpace,
    HostMissing,
    HostRepeated,
    HostInvalid,
    ContentLengthInvalid,
    ContentLengthRepeated,
    LengthAndCoding,
    CodingInHttp10,
    CodingRepeated,
    CodingInvalid,
    CodingUnsupported,
    ExpectationUnknown,
    ChunkInvalid,
    TrailerInvalid,
    BodyTooLarge,
    BodyTimeout,
    RequestCutShort,

    // What the app's side did.
    ResponseMalformed,
    ResponseFramingInvalid,
    ResponseHeadTooLarge,
    ResponseStatusInvalid,
    ResponseUnasked101,
    ResponseTimeout,
    ResponseCutShort,
    ConnectionRefused,
    ConnectionTimeout,
    ConnectionReset,
    ConnectionClosed,

    // Portok's own state.
    NoTarget,
    Overloaded,
    Stopping,
    InternalError,
}
