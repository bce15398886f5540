using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Requests;

public sealed class ForwardedTests
{
    [Theory]
    // None there: all four at the end.
    [InlineData("Host: a\r\n", "Host: a\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a\r\nX-Forwarded-Port: 80\r\n")]
    [InlineData("Host: a:3000\r\nX: 1\r\n", "Host: a:3000\r\nX: 1\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a:3000\r\nX-Forwarded-Port: 3000\r\n")]
    [InlineData("Host: [::1]\r\n", "Host: [::1]\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: [::1]\r\nX-Forwarded-Port: 80\r\n")]
    [InlineData("Host: [::1]:81\r\n", "Host: [::1]:81\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: [::1]:81\r\nX-Forwarded-Port: 81\r\n")]
    [InlineData("Host: a:\r\n", "Host: a:\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a:\r\nX-Forwarded-Port: 80\r\n")]
    // All there: For grows in place, the others stay.
    [InlineData("x-forwarded-for: 10.0.0.1\r\nX-Forwarded-Port: 1\r\nX-Forwarded-Host: h\r\nX-Forwarded-Proto: https\r\nHost: a\r\n",
        "x-forwarded-for: 10.0.0.1, 192.0.2.7\r\nX-Forwarded-Port: 1\r\nX-Forwarded-Host: h\r\nX-Forwarded-Proto: https\r\nHost: a\r\n")]
    // Several: For grows at the last, the first of the others wins.
    [InlineData("Host: a\r\nX-Forwarded-For: 1\r\nX-Forwarded-Proto: p1\r\nX-Forwarded-For: 2\r\nX-Forwarded-Proto: p2\r\nX-Forwarded-Host: h1\r\nX-Forwarded-Host: h2\r\nX-Forwarded-Port: 1\r\nX-Forwarded-Port: 2\r\n",
        "Host: a\r\nX-Forwarded-For: 1\r\nX-Forwarded-Proto: p1\r\nX-Forwarded-For: 2, 192.0.2.7\r\nX-Forwarded-Host: h1\r\nX-Forwarded-Port: 1\r\n")]
    [InlineData("Host: a\r\nX-Forwarded-For:\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: h\r\nX-Forwarded-Port: 1\r\n",
        "Host: a\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: h\r\nX-Forwarded-Port: 1\r\n")]
    // A proxy in front ended TLS: its port is not 80.
    [InlineData("Host: a\r\nX-Forwarded-Proto: https\r\n",
        "Host: a\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Host: a\r\nX-Forwarded-Port: 443\r\n")]
    public void Added_AsTheRequestNeedsThem(string fields, string expected)
        => Wire.Rewrite($"GET / HTTP/1.1\r\n{fields}\r\n", forwarded: true).ShouldBe($"GET / HTTP/1.1\r\n{expected}\r\n");

    [Fact]
    public void Added_AbsoluteForm_NamesItsAuthority()
        => Wire.Rewrite("GET http://b:81/ HTTP/1.1\r\nHost: a\r\n\r\n", forwarded: true)
            .ShouldBe("GET / HTTP/1.1\r\nHost: b:81\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: b:81\r\nX-Forwarded-Port: 81\r\n\r\n");

    [Fact]
    public void Added_NoHostFromTheClient_NamesNone()
        => Wire.Rewrite("GET / HTTP/1.0\r\n\r\n", forwarded: true)
            .ShouldBe("GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Port: 80\r\n\r\n");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NotAdded_WhenTurnedOffOrForAdmin_PassAsTheyCame(bool admin)
    {
        const string head = "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1\r\nX-Forwarded-Proto: p\r\nX-Forwarded-Proto: q\r\n";
        Wire.Rewrite(head + "\r\n", forwarded: admin, admin: admin).ShouldBe(head + (admin ? "x-portok-peer: 192.0.2.7\r\n" : "") + "\r\n");
    }
}
