using System.Text;
using System.Text.Json;
using Portok.Cli.Doctor.Sources;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Doctor;

public sealed class SavedStateFileTests
{
    /// <summary>As a daemon wrote it after <c>portok switch 28182 --reason "Köln &lt;1>"</c>.</summary>
    private const string FromADaemon = """
        {
          "activePort": 28182,
          "lastSwitch": {
            "from": 28181,
            "to": 28182,
            "at": "2026-11-26T20:11:55.224Z",
            "reason": "K\u00F6ln \u003C1\u003E",
            "id": "43212ccc-fdd7-43f2-b580-d1a4be2fa735"
          },
          "rollback": {
            "previousPort": 28181,
            "until": "2026-11-26T20:12:55.224Z"
          },
          "instance": "api",
          "savedAt": "2026-11-26T20:11:55.226Z",
          "format": 1,
          "checksum": "sha256:fb11c1b68e9d2ebf85f7579fba214897f5adbc51408abcfdc6ed79fd9f5e6306"
        }
        """;

    private static SavedStateFile Parse(string text) => SavedStateFile.Parse(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Parse_AsADaemonWroteIt_IsGood()
    {
        SavedStateFile state = Parse(FromADaemon);

        state.Fault.ShouldBeNull();
        (state.ActivePort, state.FromNpm).ShouldBe((28182, false));
        state.LastSwitchAt.ShouldBe(new DateTimeOffset(2026, 11, 26, 20, 11, 55, 224, TimeSpan.Zero));
        state.WindowUntil.ShouldBe(new DateTimeOffset(2026, 11, 26, 20, 12, 55, 224, TimeSpan.Zero));
    }

    [Fact]
    public void Parse_OnlyIndentedAnew_IsStillGood()
    {
        using JsonDocument document = JsonDocument.Parse(FromADaemon);

        Parse(JsonSerializer.Serialize(document.RootElement)).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"activePort\": 28182", "\"activePort\": 28183", "does not match its checksum")]
    [InlineData("\"from\": 28181", "\"from\": 1", "does not match its checksum")]
    [InlineData("\"format\": 1", "\"format\": 2", "has format version 2; this portok knows 1")]
    [InlineData("\"format\": 1,", "", "has lost its format version")]
    [InlineData("\"checksum\":", "\"sum\":", "has lost its checksum")]
    public void Parse_Changed_SaysHow(string from, string to, string fault)
    {
        FromADaemon.ShouldContain(from);

        Parse(FromADaemon.Replace(from, to, StringComparison.Ordinal)).Fault.ShouldBe(fault);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("[]", "is JSON, but no object")]
    [InlineData("{\n\"activePort\":", "is not JSON (line 2)")]
    [InlineData("{\"activePort\":0}", "names no active port")]
    [InlineData("{\"activePort\":\"8081\"}", "names no active port")]
    public void Parse_NoState_SaysWhatItIs(string text, string fault) => Parse(text).Fault.ShouldBe(fault);

    [Fact]
    public void Parse_OfNpmPortok_IsGoodWithoutChecksum()
    {
        SavedStateFile state = Parse("""{"activePort":8082,"lastSwitch":null}""");

        (state.Fault, state.ActivePort, state.FromNpm).ShouldBe((null, 8082, true));
    }
}
