using System.Text.Json;
using Portok.Admin.Contract;

namespace Portok.Admin.Tests.Contract;

/// <summary>The JSON as scripts of npm portok read it; the server's own answers are held to literals in Endpoints/.</summary>
public class AdminJsonTests
{
    [Theory]
    [InlineData("2024-01-15T10:30:00.000Z", "2024-01-15T10:30:00.000Z")]
    [InlineData("2024-01-15T12:30:00.0009+02:00", "2024-01-15T10:30:00.000Z")]
    [InlineData("0999-12-31T23:59:59.999Z", "0999-12-31T23:59:59.999Z")]
    public void Time_IsWrittenInUtcWithMillisecondsAndZ(string read, string written)
    {
        string json = $$"""{"from":1,"to":2,"at":"{{read}}","reason":"manual","id":"x"}""";
        SwitchReport report = JsonSerializer.Deserialize(json, AdminJson.Default.SwitchReport)!;
        JsonSerializer.Serialize(report, AdminJson.Default.SwitchReport)
            .ShouldBe($$"""{"from":1,"to":2,"at":"{{written}}","reason":"manual","id":"x"}""");
    }

    [Fact]
    public void Time_ThatIsNone_IsRefused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(
            """{"from":1,"to":2,"at":"yesterday","reason":"manual","id":"x"}""", AdminJson.Default.SwitchReport));

    [Fact]
    public void Error_WithoutProbe_LeavesTheKeyOut() =>
        JsonSerializer.Serialize(new ErrorAnswer { Error = "a", Message = "b" }, AdminJson.Default.ErrorAnswer)
            .ShouldBe("""{"error":"a","message":"b"}""");

    [Fact]
    public void Answer_WithKeysOfANewerDaemon_IsRead() =>
        JsonSerializer.Deserialize("""{"error":"a","message":"b","hint":{"x":[1]}}""", AdminJson.Default.ErrorAnswer)!
            .Message.ShouldBe("b");

    [Fact]
    public void Answer_ThatLacksAPromisedKey_IsRefused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize("""{"error":"a"}""", AdminJson.Default.ErrorAnswer));

    [Fact]
    public void Probe_WritesItsNulls() =>
        JsonSerializer.Serialize(
            new ProbeReport { Status = null, ElapsedMs = 1.5, Failure = ProbeFailures.Refused, BodyStart = null }, AdminJson.Default.ProbeReport)
            .ShouldBe("""{"status":null,"elapsedMs":1.5,"failure":"refused","bodyStart":null}""");
}
