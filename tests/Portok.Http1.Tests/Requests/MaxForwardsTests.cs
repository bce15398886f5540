using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Requests;

/// <summary>Max-Forwards of TRACE and OPTIONS (RFC 9110 7.6.2).</summary>
public sealed class MaxForwardsTests
{
    [Theory]
    [InlineData("5", "4")]
    [InlineData("1", "0")]
    [InlineData("007", "6")]
    [InlineData("9223372036854775807", "9223372036854775806")]
    [InlineData("99999999999999999999999", "9223372036854775806")]
    public void Hops_AreOneLessForTheNext(string received, string sent)
    {
        foreach (string method in new[] { "TRACE", "OPTIONS" })
        {
            Wire.Rewrite($"{method} / HTTP/1.1\r\nHost: a\r\nmax-Forwards: {received}\r\nX: 1\r\n\r\n")
                .ShouldBe($"{method} / HTTP/1.1\r\nHost: a\r\nmax-Forwards: {sent}\r\nX: 1\r\n\r\n");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("000")]
    public void Zero_IsSaidSo(string value) => Wire.Valid($"TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: {value}\r\n\r\n").MaxForwards.ShouldBe(0);

    [Theory]
    [InlineData("Max-Forwards: ")]
    [InlineData("Max-Forwards: -1")]
    [InlineData("Max-Forwards: x")]
    [InlineData("Max-Forwards: 1, 2")]
    [InlineData("Max-Forwards: 1\r\nMax-Forwards: 1")]
    public void Value_ThatIsNotOneNumber_IsRefused(string field)
        => Wire.ParseRequest($"OPTIONS * HTTP/1.1\r\nHost: a\r\n{field}\r\n\r\n").ShouldBe(RejectReason.FieldValueInvalid);

    [Theory]
    [InlineData("GET", "0")]
    [InlineData("POST", "x")]
    [InlineData("trace", "0")]
    public void OtherMethods_PassItAsItCame(string method, string value)
    {
        string text = $"{method} / HTTP/1.1\r\nHost: a\r\nMax-Forwards: {value}\r\n\r\n";
        Wire.Valid(text).MaxForwards.ShouldBe(-1);
        Wire.Rewrite(text).ShouldBe(text);
    }

    [Fact]
    public void NotThere_NoneIsAdded() => Wire.Rewrite("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBe("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");

    [Fact]
    public void ForAdmin_PassesAsItCame()
        => Wire.Rewrite("OPTIONS /__status HTTP/1.1\r\nHost: a\r\nMax-Forwards: 3\r\n\r\n", admin: true).ShouldContain("\r\nMax-Forwards: 3\r\n");

    [Fact]
    public void NamedByConnection_IsRemoved()
        => Wire.Rewrite("TRACE / HTTP/1.1\r\nHost: a\r\nConnection: max-forwards\r\nMax-Forwards: 3\r\n\r\n").ShouldBe("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");
}
