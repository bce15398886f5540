using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Requests;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a?b=c?d", "/a")]
    [InlineData("/?x", "/")]
    [InlineData("//a/../b;c", "//a/../b;c")]
    [InlineData("/%5f%5fstatus", "/%5f%5fstatus")]
    [InlineData("/a|b\"<>\\^`{}", "/a|b\"<>\\^`{}")]
    [InlineData("/http://x/", "/http://x/")]
    public void OriginForm_IsTakenAsItCame(string target, string path)
    {
        string text = $"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n";
        RequestHead head = Wire.Valid(text);
        head.Target.Of(text).ShouldBe(target);
        head.OriginTarget.Of(text).ShouldBe(target);
        head.Path.Of(text).ShouldBe(path);
        head.IsAbsoluteForm.ShouldBeFalse();
        head.Authority.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://b", "b", "", "")]
    [InlineData("http://b/", "b", "/", "/")]
    [InlineData("HTTP://b:80/x?y", "b:80", "/x?y", "/x")]
    [InlineData("https://b:443/x", "b:443", "/x", "/x")]
    [InlineData("http://b?y", "b", "?y", "")]
    [InlineData("http://[::1]:8080/x", "[::1]:8080", "/x", "/x")]
    [InlineData("http://b/http://c/", "b", "/http://c/", "/http://c/")]
    public void AbsoluteForm_IsSplit(string target, string authority, string origin, string path)
    {
        string text = $"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n";
        RequestHead head = Wire.Valid(text);
        head.IsAbsoluteForm.ShouldBeTrue();
        head.Target.Of(text).ShouldBe(target);
        head.Authority.Of(text).ShouldBe(authority);
        head.OriginTarget.Of(text).ShouldBe(origin);
        head.Path.Of(text).ShouldBe(path);
        head.Host.Of(text).ShouldBe("a");
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("http://?x")]
    [InlineData("http://u@b/")]
    [InlineData("http://u:p@b/")]
    [InlineData("http://b:x/")]
    [InlineData("http://b:65536/")]
    [InlineData("http://[::1/")]
    [InlineData("http://b,c/")]
    [InlineData("ftp://b/")]
    [InlineData("ws://b/")]
    [InlineData("http:/b")]
    [InlineData("b:80")]
    [InlineData("b")]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("?x")]
    [InlineData("../x")]
    public void OtherForm_IsRefused(string target)
        => Wire.ParseRequest($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBe(RejectReason.TargetInvalid);

    [Fact]
    public void Asterisk_WithOptions_IsValid()
    {
        string text = "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n";
        Wire.Valid(text).OriginTarget.Of(text).ShouldBe("*");
    }

    [Theory]
    [InlineData("b:443")]
    [InlineData("/x")]
    [InlineData("http://b/")]
    [InlineData("b")]
    public void Connect_WhateverItsTarget_IsRefusedAsMethod(string target)
    {
        Wire.Parse($"CONNECT {target} HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n", out RequestHead head).ShouldBe(RejectReason.MethodConnect);
        head.IndexOf(FieldKind.Accept).ShouldBe(1);
    }

    [Theory]
    [InlineData("GET http://b HTTP/1.1", "GET / HTTP/1.1")]
    [InlineData("GET http://b?q HTTP/1.1", "GET /?q HTTP/1.1")]
    [InlineData("GET http://b/x?q HTTP/1.1", "GET /x?q HTTP/1.1")]
    [InlineData("OPTIONS http://b HTTP/1.1", "OPTIONS * HTTP/1.1")]
    [InlineData("OPTIONS http://b?q HTTP/1.1", "OPTIONS /?q HTTP/1.1")]
    [InlineData("OPTIONS http://b/ HTTP/1.1", "OPTIONS / HTTP/1.1")]
    public void AbsoluteForm_IsRelayedInOriginFormWithItsAuthorityAsHost(string line, string expected)
        => Wire.Rewrite($"{line}\r\nX: 1\r\nhOsT: a\r\nY: 2\r\n\r\n").ShouldBe($"{expected}\r\nX: 1\r\nhOsT: b\r\nY: 2\r\n\r\n");

    [Fact]
    public void AbsoluteForm_Http10WithoutHost_IsGivenItsAuthority()
        => Wire.Rewrite("GET http://b:81/x HTTP/1.0\r\nX: 1\r\n\r\n").ShouldBe("GET /x HTTP/1.1\r\nHost: b:81\r\nX: 1\r\n\r\n");
}
