using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Answers;

public sealed class RejectReasonsTests
{
    public static TheoryData<RejectReason> All => [.. Enum.GetValues<RejectReason>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Reason_Every_HasItsOwnMeaning(RejectReason reason)
    {
        RejectReasons.Status(reason).ShouldBeInRange(400, 599);
        string token = RejectReasons.Token(reason);
        token.ShouldAllBe(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        token.Replace("-", "", StringComparison.Ordinal).ShouldBe(reason.ToString().ToLowerInvariant());
        RejectReasons.ProxyStatusError(reason).ShouldBeOneOf(Rfc9209);
        RejectReasons.Describe(reason).ShouldEndWith(".");
    }

    [Fact]
    public void Tokens_AreUnique() => Enum.GetValues<RejectReason>().Select(RejectReasons.Token).ShouldBeUnique(StringComparer.Ordinal);

    [Theory]
    [InlineData(400, RejectReason.RequestLineMalformed, RejectReason.MethodInvalid, RejectReason.TargetInvalid, RejectReason.VersionMissing,
        RejectReason.BareLineBreak, RejectReason.ControlInHead, RejectReason.ObsoleteFold, RejectReason.FieldNameInvalid,
        RejectReason.FieldValueInvalid, RejectReason.LeadingWhiteSpace, RejectReason.HostMissing, RejectReason.HostRepeated,
        RejectReason.HostInvalid, RejectReason.ContentLengthInvalid, RejectReason.ContentLengthRepeated, RejectReason.LengthAndCoding,
        RejectReason.CodingInHttp10, RejectReason.CodingRepeated, RejectReason.CodingInvalid, RejectReason.ChunkInvalid, RejectReason.TrailerInvalid)]
    [InlineData(405, RejectReason.MethodConnect)]
    [InlineData(408, RejectReason.HeadTimeout, RejectReason.BodyTimeout)]
    [InlineData(413, RejectReason.BodyTooLarge)]
    [InlineData(414, RejectReason.RequestLineTooLong)]
    [InlineData(417, RejectReason.ExpectationUnknown)]
    [InlineData(431, RejectReason.HeadTooLarge, RejectReason.TooManyFields)]
    [InlineData(500, RejectReason.InternalError)]
    [InlineData(501, RejectReason.CodingUnsupported)]
    [InlineData(502, RejectReason.ResponseMalformed, RejectReason.ResponseFramingInvalid, RejectReason.ResponseHeadTooLarge,
        RejectReason.ResponseStatusInvalid, RejectReason.ResponseUnasked101, RejectReason.ResponseCutShort, RejectReason.ConnectionRefused,
        RejectReason.ConnectionReset, RejectReason.ConnectionClosed)]
    [InlineData(503, RejectReason.NoTarget, RejectReason.Overloaded, RejectReason.Stopping)]
    [InlineData(504, RejectReason.ResponseTimeout, RejectReason.ConnectionTimeout)]
    [InlineData(505, RejectReason.VersionUnsupported)]
    public void Status_IsWhatTheWireRulesSay(int status, params RejectReason[] reasons)
    {
        foreach (RejectReason reason in reasons) RejectReasons.Status(reason).ShouldBe(status, reason.ToString());
    }

    [Theory]
    [InlineData(RejectReason.ChunkInvalid, "http_request_error")]
    [InlineData(RejectReason.ResponseMalformed, "http_protocol_error")]
    [InlineData(RejectReason.ResponseHeadTooLarge, "http_response_header_section_size")]
    [InlineData(RejectReason.ResponseTimeout, "http_response_timeout")]
    [InlineData(RejectReason.ResponseCutShort, "http_response_incomplete")]
    [InlineData(RejectReason.ConnectionRefused, "connection_refused")]
    [InlineData(RejectReason.ConnectionTimeout, "connection_timeout")]
    [InlineData(RejectReason.ConnectionReset, "connection_terminated")]
    [InlineData(RejectReason.ConnectionClosed, "connection_terminated")]
    [InlineData(RejectReason.NoTarget, "destination_unavailable")]
    [InlineData(RejectReason.Overloaded, "connection_limit_reached")]
    [InlineData(RejectReason.InternalError, "proxy_internal_error")]
    public void ProxyStatusError_IsTheRegisteredOne(RejectReason reason, string expected)
        => RejectReasons.ProxyStatusError(reason).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(All))]
    public void ForResponse_Every_IsAFaultOfTheAppsSideOrOurs(RejectReason reason)
    {
        RejectReason mapped = RejectReasons.ForResponse(reason);
        if (reason == RejectReason.None) mapped.ShouldBe(RejectReason.None);
        else RejectReasons.Status(mapped).ShouldBeInRange(500, 504);
        if (reason >= RejectReason.ResponseMalformed) mapped.ShouldBe(reason);
    }

    [Theory]
    [InlineData(RejectReason.BareLineBreak, RejectReason.ResponseMalformed)]
    [InlineData(RejectReason.RequestLineTooLong, RejectReason.ResponseHeadTooLarge)]
    [InlineData(RejectReason.HeadTooLarge, RejectReason.ResponseHeadTooLarge)]
    [InlineData(RejectReason.ContentLengthInvalid, RejectReason.ResponseFramingInvalid)]
    [InlineData(RejectReason.CodingUnsupported, RejectReason.ResponseFramingInvalid)]
    [InlineData(RejectReason.ChunkInvalid, RejectReason.ResponseFramingInvalid)]
    [InlineData(RejectReason.TrailerInvalid, RejectReason.ResponseFramingInvalid)]
    [InlineData(RejectReason.BodyTimeout, RejectReason.ResponseTimeout)]
    public void ForResponse_FaultOfTheBytes_IsTurnedIntoTheApps(RejectReason reason, RejectReason expected)
        => RejectReasons.ForResponse(reason).ShouldBe(expected);

    /// <summary>RFC 9209 2.3, in its order.</summary>
    private static readonly string[] Rfc9209 =
    [
        "dns_timeout", "dns_error", "destination_not_found", "destination_unavailable", "destination_ip_prohibited",
        "destination_ip_unroutable", "connection_refused", "connection_terminated", "connection_timeout",
        "connection_read_timeout", "connection_write_timeout", "connection_limit_reached", "tls_protocol_error",
        "tls_certificate_error", "tls_alert_received", "http_request_error", "http_request_denied",
        "http_response_incomplete", "http_response_header_section_size", "http_response_header_size",
        "http_response_body_size", "http_response_trailer_section_size", "http_response_trailer_size",
        "http_response_transfer_coding", "http_response_content_coding", "http_response_timeout",
        "http_upgrade_failed", "http_protocol_error", "proxy_internal_response", "proxy_internal_error",
        "proxy_configuration_error", "proxy_loop_detected",
    ];
}
