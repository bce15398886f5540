using System.Text.Json;
using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Answers;

public sealed class LocalAnswerTests
{
    [Theory]
    [InlineData("", AnswerForm.Text)]
    [InlineData("*/*", AnswerForm.Text)]
    [InlineData("text/plain", AnswerForm.Text)]
    [InlineData("image/png", AnswerForm.Text)]
    [InlineData("text/html", AnswerForm.Html)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", AnswerForm.Html)]
    [InlineData("TEXT/HTML", AnswerForm.Html)]
    [InlineData("application/json", AnswerForm.Json)]
    [InlineData("application/*", AnswerForm.Json)]
    [InlineData("application/json, text/plain;q=0.5", AnswerForm.Json)]
    [InlineData("application/json, text/plain, */*", AnswerForm.Text)]
    [InlineData("text/html;q=0.5, application/json;q=0.9", AnswerForm.Json)]
    [InlineData("text/html ; level=1 ; Q=0.9, application/json;q=0.5", AnswerForm.Html)]
    [InlineData("text/html, application/json", AnswerForm.Html)]
    [InlineData("application/json, text/html", AnswerForm.Json)]
    [InlineData("text/*", AnswerForm.Text)]
    [InlineData("text/*;q=0.1, text/html", AnswerForm.Html)]
    [InlineData("text/*, text/plain;q=0", AnswerForm.Html)]
    [InlineData("*/*, application/json;q=0", AnswerForm.Text)]
    [InlineData("application/json;q=0", AnswerForm.Text)]
    [InlineData("application/json;q=0.001", AnswerForm.Json)]
    [InlineData("application/json;q=x", AnswerForm.Text)]
    [InlineData("application/json;q=2", AnswerForm.Text)]
    [InlineData("application/json;q=0.0001", AnswerForm.Text)]
    [InlineData(",,;q=,/,text/html", AnswerForm.Html)]
    [InlineData("application/jsonx", AnswerForm.Text)]
    public void Choose_FollowsAccept(string accept, AnswerForm expected) => LocalAnswer.Choose(Wire.Bytes(accept)).ShouldBe(expected);

    [Fact]
    public void Write_Text_IsTheWholeAnswer()
        => Write(RejectReason.ConnectionRefused, AnswerForm.Text, close: true).ShouldBe(
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 67\r\nCache-Control: no-store\r\n"
            + "Proxy-Status: portok; error=connection_refused\r\nConnection: close\r\n\r\n"
            + "502 Bad Gateway\nThe app is not running: it refused the connection.\n");

    [Theory]
    [MemberData(nameof(RejectReasonsTests.All), MemberType = typeof(RejectReasonsTests))]
    public void Write_EveryReasonInEveryForm_IsAValidResponseWithinItsBound(RejectReason reason)
    {
        foreach (AnswerForm form in Enum.GetValues<AnswerForm>())
        {
            string text = Write(reason, form, close: true);
            text.Length.ShouldBeLessThanOrEqualTo(LocalAnswer.MaxLength);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            string body = text[end..];
            ResponseHead head = Wire.ValidResponse(text[..end]);
            head.Status.ShouldBe(RejectReasons.Status(reason));
            head.ContentLength.ShouldBe(body.Length);
            head.KeepAlive.ShouldBeFalse();
            text.ShouldContain($"\r\nProxy-Status: portok; error={RejectReasons.ProxyStatusError(reason)}\r\n");
            text.ShouldContain("\r\nCache-Control: no-store\r\n");
            if (form != AnswerForm.Html) body.ShouldContain(RejectReasons.Describe(reason));
        }
    }

    [Fact]
    public void Write_Json_HasErrorMessageAndReason()
    {
        string text = Write(RejectReason.HostMissing, AnswerForm.Json);
        text.ShouldContain("\r\nContent-Type: application/json\r\n");
        using JsonDocument json = JsonDocument.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..]);
        json.RootElement.GetProperty("error").GetString().ShouldBe("Bad Request");
        json.RootElement.GetProperty("message").GetString().ShouldBe(RejectReasons.Describe(RejectReason.HostMissing));
        json.RootElement.GetProperty("reason").GetString().ShouldBe("host-missing");
    }

    [Fact]
    public void Write_Html_IsAPageForLightAndDark()
    {
        string text = Write(RejectReason.NoTarget, AnswerForm.Html);
        text.ShouldContain("\r\nContent-Type: text/html; charset=utf-8\r\n");
        text.ShouldContain("content=\"light dark\"");
        text.ShouldContain("<h1>503 Service Unavailable</h1><p>There is no app to pass the request to.</p>");
    }

    [Fact]
    public void Write_ToHead_HasTheSameFieldsAndNoBody()
    {
        string get = Write(RejectReason.Stopping, AnswerForm.Html);
        string head = Write(RejectReason.Stopping, AnswerForm.Html, withBody: false);
        head.ShouldBe(get[..(get.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)]);
    }

    [Theory]
    [InlineData(RejectReason.MethodConnect, "Allow: GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, PATCH\r\n", true)]
    [InlineData(RejectReason.TargetInvalid, "Allow:", false)]
    [InlineData(RejectReason.Overloaded, "Retry-After: 1\r\n", true)]
    [InlineData(RejectReason.Stopping, "Retry-After: 1\r\n", true)]
    [InlineData(RejectReason.ConnectionRefused, "Retry-After:", false)]
    public void Write_FieldsOfTheStatus_AreThere(RejectReason reason, string field, bool expected)
        => Write(reason, AnswerForm.Text).Contains("\r\n" + field, StringComparison.Ordinal).ShouldBe(expected);

    [Theory]
    [InlineData(false, false, "")]
    [InlineData(true, false, "Connection: close\r\n")]
    [InlineData(false, true, "Connection: keep-alive\r\n")]
    [InlineData(true, true, "Connection: close\r\n")]
    public void Write_Connection_SaysWhatTheClientHasToKnow(bool close, bool keepAlive, string expected)
    {
        byte[] destination = new byte[LocalAnswer.MaxLength];
        int length = LocalAnswer.Write(destination, RejectReason.NoTarget, AnswerForm.Text, default, withBody: false, close, keepAlive);
        Wire.Text(destination.AsSpan(0, length)).ShouldEndWith("Retry-After: 1\r\n" + expected + "\r\n");
    }

    [Fact]
    public void Write_PageOfTheUsers_TakesTheBodysPlace()
    {
        byte[] page = Wire.Bytes("<p>" + new string('x', 5000));
        byte[] destination = new byte[LocalAnswer.MaxLength + page.Length];
        int length = LocalAnswer.Write(destination, RejectReason.NoTarget, AnswerForm.Html, page, withBody: true, close: false, sayKeepAlive: false);
        string text = Wire.Text(destination.AsSpan(0, length));
        text.ShouldContain($"Content-Length: {page.Length}\r\n");
        text.ShouldEndWith("\r\n\r\n" + Wire.Text(page));
    }

    [Fact]
    public void Write_Date_IsInUtcAsFixedByTheRfc()
    {
        byte[] destination = new byte[LocalAnswer.MaxLength];
        var date = new DateTimeOffset(1994, 11, 6, 9, 49, 37, TimeSpan.FromHours(1));
        int length = LocalAnswer.Write(destination, RejectReason.HostMissing, AnswerForm.Text, default, withBody: true, close: true, sayKeepAlive: false, date);
        Wire.Text(destination.AsSpan(0, length)).ShouldContain("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
    }

    private static string Write(RejectReason reason, AnswerForm form, bool withBody = true, bool close = false)
    {
        byte[] destination = new byte[LocalAnswer.MaxLength];
        int length = LocalAnswer.Write(destination, reason, form, default, withBody, close, sayKeepAlive: false);
        return Wire.Text(destination.AsSpan(0, length));
    }
}
