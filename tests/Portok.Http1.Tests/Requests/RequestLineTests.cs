using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Requests;

public sealed class RequestLineTests
{
    private const string Fields = "\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData("GET", MethodKind.Get)]
    [InlineData("HEAD", MethodKind.Head)]
    [InlineData("POST", MethodKind.Post)]
    [InlineData("PUT", MethodKind.Put)]
    [InlineData("DELETE", MethodKind.Delete)]
    [InlineData("OPTIONS", MethodKind.Options)]
    [InlineData("TRACE", MethodKind.Trace)]
    [InlineData("PATCH", MethodKind.Patch)]
    [InlineData("get", MethodKind.Other)]
    [InlineData("Get", MethodKind.Other)]
    [InlineData("PROPFIND", MethodKind.Other)]
    [InlineData("M-SEARCH", MethodKind.Other)]
    [InlineData("!#$%&'*+-.^_`|~09azAZ", MethodKind.Other)]
    public void Method_Token_IsRecognisedByExactCase(string method, MethodKind expected)
    {
        string text = method + " /x HTTP/1.1" + Fields;
        RequestHead head = Wire.Valid(text);
        head.Method.ShouldBe(expected);
        head.MethodToken.Of(text).ShouldBe(method);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public void Method_Idempotent_IsSaidSo(string method) => Wire.Valid(method + " / HTTP/1.1" + Fields).IsIdempotent.ShouldBeTrue();

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("FOO")]
    public void Method_NotIdempotent_IsSaidSo(string method) => Wire.Valid(method + " / HTTP/1.1" + Fields).IsIdempotent.ShouldBeFalse();

    [Theory]
    [InlineData("G(T / HTTP/1.1", RejectReason.MethodInvalid)]
    [InlineData("GET: / HTTP/1.1", RejectReason.MethodInvalid)]
    [InlineData("GÉT / HTTP/1.1", RejectReason.MethodInvalid)]
    [InlineData("G\0T / HTTP/1.1", RejectReason.ControlInHead)]
    [InlineData(" GET / HTTP/1.1", RejectReason.RequestLineMalformed)]
    [InlineData("GET", RejectReason.RequestLineMalformed)]
    [InlineData("GET ", RejectReason.RequestLineMalformed)]
    [InlineData("GET  / HTTP/1.1", RejectReason.RequestLineMalformed)]
    [InlineData("GET\t/ HTTP/1.1", RejectReason.RequestLineMalformed)]
    [InlineData("GET /  HTTP/1.1", RejectReason.RequestLineMalformed)]
    [InlineData("GET / HTTP/1.1 ", RejectReason.RequestLineMalformed)]
    [InlineData("GET /a b HTTP/1.1", RejectReason.RequestLineMalformed)]
    [InlineData("GET / http/1.1", RejectReason.RequestLineMalformed)]
    [InlineData("GET / HTTP/1.1x", RejectReason.RequestLineMalformed)]
    [InlineData("GET / HTTP/11", RejectReason.RequestLineMalformed)]
    [InlineData("GET / HTTP/1.10", RejectReason.RequestLineMalformed)]
    [InlineData("GET / HTTP/2", RejectReason.RequestLineMalformed)]
    [InlineData("GET / ICY/1.1", RejectReason.RequestLineMalformed)]
    [InlineData("GET /", RejectReason.VersionMissing)]
    [InlineData("GET / ", RejectReason.VersionMissing)]
    [InlineData("GET / HTTP/0.9", RejectReason.VersionUnsupported)]
    [InlineData("GET / HTTP/1.2", RejectReason.VersionUnsupported)]
    [InlineData("GET / HTTP/2.0", RejectReason.VersionUnsupported)]
    [InlineData("GET / HTTP/3.0", RejectReason.VersionUnsupported)]
    [InlineData("GET / HTTP/1.1\n", RejectReason.BareLineBreak)]
    [InlineData("GET /\n", RejectReason.BareLineBreak)]
    [InlineData("GET / HTTP/1.1\rX", RejectReason.BareLineBreak)]
    [InlineData("GET /\u0001 HTTP/1.1", RejectReason.ControlInHead)]
    [InlineData("GET /\u007f HTTP/1.1", RejectReason.ControlInHead)]
    [InlineData("GET / HTTP/1.1\0", RejectReason.ControlInHead)]
    [InlineData("GET /\u00e9 HTTP/1.1", RejectReason.TargetInvalid)]
    [InlineData("GET /a#b HTTP/1.1", RejectReason.TargetInvalid)]
    [InlineData("GET #a HTTP/1.1", RejectReason.TargetInvalid)]
    public void Line_BreakingTheGrammar_IsRefused(string line, RejectReason expected)
        => Wire.ParseRequest(line + Fields).ShouldBe(expected);

    [Fact]
    public void Line_Http2Preface_IsRefusedAsVersion()
        => Wire.ParseRequest("PRI * HTTP/2.0\r\n\r\n").ShouldBe(RejectReason.VersionUnsupported);

    [Fact]
    public void Line_OneEmptyLineInFront_IsSkippedAndCounted()
    {
        string text = "\r\nGET /x HTTP/1.1" + Fields;
        RequestHead head = Wire.Valid(text);
        head.Length.ShouldBe(text.Length);
        head.Target.Of(text).ShouldBe("/x");
    }

    [Fact]
    public void Line_TwoEmptyLinesInFront_AreRefused()
        => Wire.ParseRequest("\r\n\r\nGET / HTTP/1.1" + Fields).ShouldBe(RejectReason.RequestLineMalformed);

    [Fact]
    public void Line_Refused_StillSaysMethodForTheAnswer()
    {
        Wire.Parse("HEAD / HTTP/3.0" + Fields, out RequestHead head).ShouldBe(RejectReason.VersionUnsupported);
        head.Method.ShouldBe(MethodKind.Head);
        head.IndexOf(FieldKind.Accept).ShouldBe(-1);
    }

    [Fact]
    public void Head_ParsedBefore_LeavesNothingBehind()
    {
        var head = new RequestHead(8);
        RequestHeadParser.Parse(Wire.Bytes("POST http://b/x HTTP/1.0\r\nHost: a\r\nAccept: x\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\n"), head)
            .ShouldBe(RejectReason.None);
        RequestHeadParser.Parse(Wire.Bytes("GET /y HTTP/1.1\r\nHost: c\r\nTE: trailers\r\n\r\n"), head).ShouldBe(RejectReason.None);
        head.ContentLength.ShouldBe(-1);
        head.Framing.ShouldBe(BodyFraming.None);
        head.IsAbsoluteForm.ShouldBeFalse();
        head.Authority.Length.ShouldBe(0);
        head.IndexOf(FieldKind.Accept).ShouldBe(-1);
        head.FieldCount.ShouldBe(2);
    }
}
