using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Answers;

/// <summary>What the final recipient of a TRACE or OPTIONS answers (RFC 9110 7.6.2, 9.3.7, 9.3.8).</summary>
public sealed class FinalAnswerTests
{
    [Fact]
    public void Options_IsTheMethodsAndNoContent()
        => Write("OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n").ShouldBe(
            "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            + "Allow: GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, PATCH\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    [Fact]
    public void Trace_IsWhatCameWithoutItsSecrets()
    {
        const string reflected = "TRACE /a?b HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\nX-Mine:  1 \r\n\r\n";
        string answer = Write(
            "\r\nTRACE /a?b HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\nAuthorization: Basic x\r\ncookie: a=b\r\nX-Mine:  1 \r\n"
            + "Proxy-Authorization: y\r\nX-Admin-Token: secret\r\n\r\n");
        answer.ShouldEndWith($"Content-Type: message/http\r\nContent-Length: {reflected.Length}\r\nConnection: close\r\n\r\n{reflected}");
    }

    [Fact]
    public void Trace_OfTheLargestHead_StaysInItsBound()
    {
        string head = $"TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\nX: {new string('x', 30_000)}\r\n\r\n";
        Write(head).ShouldEndWith("\r\n\r\n" + head);
    }

    private static string Write(string text)
    {
        RequestHead head = Wire.Valid(text);
        byte[] source = Wire.Bytes(text);
        byte[] destination = new byte[FinalAnswer.MaxLength(source.Length)];
        var date = new DateTimeOffset(1994, 11, 6, 9, 49, 37, TimeSpan.FromHours(1));
        return Wire.Text(destination.AsSpan(0, FinalAnswer.Write(destination, head, source, date)));
    }
}
