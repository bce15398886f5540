using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Heads;

public sealed class FieldLinesTests
{
    [Theory]
    [InlineData("X: 1", "X", "1")]
    [InlineData("X:1", "X", "1")]
    [InlineData("X:", "X", "")]
    [InlineData("X: ", "X", "")]
    [InlineData("X: \t ", "X", "")]
    [InlineData("X: \t1\t ", "X", "1")]
    [InlineData("x-Y: a \t b: c", "x-Y", "a \t b: c")]
    [InlineData("X: \u00e9\u0080\u00ff", "X", "\u00e9\u0080\u00ff")]
    [InlineData("!#$%&'*+-.^_`|~09azAZ: v", "!#$%&'*+-.^_`|~09azAZ", "v")]
    [InlineData("X: \"a, b\"", "X", "\"a, b\"")]
    public void Line_Valid_GivesNameAndTrimmedValue(string line, string name, string value)
    {
        string text = $"GET / HTTP/1.1\r\nHost: a\r\n{line}\r\nZ: 9\r\n\r\n";
        RequestHead head = Wire.Valid(text);
        head.FieldCount.ShouldBe(3);
        head.Fields[1].Name.Of(text).ShouldBe(name);
        head.Fields[1].Value.Of(text).ShouldBe(value);
        head.Fields[2].Name.Of(text).ShouldBe("Z");
    }

    [Theory]
    [InlineData("X : 1", RejectReason.FieldNameInvalid)]
    [InlineData("X\t: 1", RejectReason.FieldNameInvalid)]
    [InlineData(": 1", RejectReason.FieldNameInvalid)]
    [InlineData("X", RejectReason.FieldNameInvalid)]
    [InlineData("X(: 1", RejectReason.FieldNameInvalid)]
    [InlineData("X@Y: 1", RejectReason.FieldNameInvalid)]
    [InlineData("\u00e9: 1", RejectReason.FieldNameInvalid)]
    [InlineData("X\0: 1", RejectReason.ControlInHead)]
    [InlineData("X: a\0b", RejectReason.ControlInHead)]
    [InlineData("X: a\u0001b", RejectReason.ControlInHead)]
    [InlineData("X: a\u007fb", RejectReason.ControlInHead)]
    [InlineData("X: a\u000bb", RejectReason.ControlInHead)]
    [InlineData("X: a\nY: b", RejectReason.BareLineBreak)]
    [InlineData("X: a\rY: b", RejectReason.BareLineBreak)]
    [InlineData("X: a\r\r", RejectReason.BareLineBreak)]
    [InlineData("X\n: a", RejectReason.BareLineBreak)]
    [InlineData("\n", RejectReason.BareLineBreak)]
    [InlineData("X: a\r\n b", RejectReason.ObsoleteFold)]
    [InlineData("X: a\r\n\tb", RejectReason.ObsoleteFold)]
    [InlineData("X: a\r\n ", RejectReason.ObsoleteFold)]
    public void Line_BreakingTheGrammar_IsRefused(string line, RejectReason expected)
        => Wire.ParseFields(line + "\r\n", out _).ShouldBe(expected);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n Host: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\tX: 1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n")]
    public void FirstLine_BeginningWithWhiteSpace_IsRefused(string text) => Wire.ParseRequest(text).ShouldBe(RejectReason.LeadingWhiteSpace);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\nX")]
    [InlineData("")]
    public void Head_NotExactlyOne_IsRefusedNotThrown(string text) => Wire.ParseRequest(text).ShouldNotBe(RejectReason.None);

    [Fact]
    public void Fields_AsManyAsAllowed_AreTaken() => Wire.Parse(WithFields(8), out _, maxFields: 8).ShouldBe(RejectReason.None);

    [Fact]
    public void Fields_OneTooMany_IsRefused()
    {
        Wire.Parse(WithFields(9), out RequestHead head, maxFields: 8).ShouldBe(RejectReason.TooManyFields);
        head.FieldCount.ShouldBe(8);
    }

    [Theory]
    [InlineData("Host", FieldKind.Host)]
    [InlineData("content-length", FieldKind.ContentLength)]
    [InlineData("TRANSFER-ENCODING", FieldKind.TransferEncoding)]
    [InlineData("Connection", FieldKind.Connection)]
    [InlineData("Keep-Alive", FieldKind.KeepAlive)]
    [InlineData("Proxy-Connection", FieldKind.ProxyConnection)]
    [InlineData("Proxy-Authenticate", FieldKind.ProxyAuthenticate)]
    [InlineData("Proxy-Authorization", FieldKind.ProxyAuthorization)]
    [InlineData("Proxy-Authentication-Info", FieldKind.ProxyAuthenticationInfo)]
    [InlineData("TE", FieldKind.Te)]
    [InlineData("tE", FieldKind.Te)]
    [InlineData("Trailer", FieldKind.Trailer)]
    [InlineData("UPGRADE", FieldKind.Upgrade)]
    [InlineData("Expect", FieldKind.Expect)]
    [InlineData("aCCEPT", FieldKind.Accept)]
    [InlineData("X-Forwarded-For", FieldKind.ForwardedFor)]
    [InlineData("X-FORWARDED-PROTO", FieldKind.ForwardedProto)]
    [InlineData("x-forwarded-host", FieldKind.ForwardedHost)]
    [InlineData("X-Forwarded-Port", FieldKind.ForwardedPort)]
    [InlineData("X-Admin-Token", FieldKind.AdminToken)]
    [InlineData("x-portok-peer", FieldKind.PortokPeer)]
    public void Name_KnownInAnyCase_IsRecognised(string name, FieldKind kind)
    {
        FieldNames.Classify(Wire.Bytes(name)).ShouldBe(kind);
        FieldNames.Classify(Wire.Bytes(name.ToUpperInvariant())).ShouldBe(kind);
        FieldNames.Classify(Wire.Bytes(name.ToLowerInvariant())).ShouldBe(kind);

        // One character changed anywhere makes it another name.
        for (int i = 0; i < name.Length; i++)
        {
            char other = name[i] == '~' ? '!' : '~';
            FieldNames.Classify(Wire.Bytes(name[..i] + other + name[(i + 1)..])).ShouldBe(FieldKind.Other, $"position {i}");
        }
    }

    [Theory]
    [InlineData("Hosts")]
    [InlineData("Content_Length")]
    [InlineData("Contents-Length")]
    [InlineData("User-Agent")]
    [InlineData("X")]
    [InlineData("Upgrade-Insecure-Requests")]
    public void Name_Unknown_IsOther(string name) => FieldNames.Classify(Wire.Bytes(name)).ShouldBe(FieldKind.Other);

    [Fact]
    public void Name_ThatWouldFoldOntoAKnownOne_IsNoName()
        => Wire.ParseFields("Content\rLength: 1\r\n", out _).ShouldBe(RejectReason.BareLineBreak);

    [Fact]
    public void IndexOf_FirstOfSeveral()
    {
        Wire.ParseFields("Accept: a\r\nX: 1\r\nAccept: b\r\n", out RequestHead head).ShouldBe(RejectReason.None);
        head.IndexOf(FieldKind.Accept).ShouldBe(1);
        head.IndexOf(FieldKind.Other).ShouldBe(2);
        head.IndexOf(FieldKind.Te).ShouldBe(-1);
    }

    private static string WithFields(int count)
        => "GET / HTTP/1.1\r\nHost: a\r\n" + string.Concat(Enumerable.Range(1, count - 1).Select(i => $"X{i}: {i}\r\n")) + "\r\n";
}
