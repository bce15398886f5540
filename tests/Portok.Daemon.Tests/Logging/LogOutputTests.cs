using Portok.Daemon.Logging;
using Portok.Settings;
using Shouldly;

namespace Portok.Daemon.Tests.Logging;

public class LogOutputTests
{
    [Theory]
    [InlineData("9:1234", "socket:[1234]", true)]
    [InlineData("9:1234", "socket:[1235]", false)]
    [InlineData("9:1234", "pipe:[1234]", false)]
    [InlineData("9:1234", "/dev/null", false)]
    [InlineData("9:1234", null, false)]
    [InlineData("1234", "socket:[1234]", false)]
    [InlineData("", "socket:[]", false)]
    [InlineData("9:x", "socket:[x]", false)]
    public void IsJournalStream_OnlyForTheStreamThatIsMeant(string variable, string? link, bool expected)
        => LogOutput.IsJournalStream(variable, link).ShouldBe(expected);

    [Fact]
    public void Formatter_Auto_IsTextOnATerminalElseJson()
    {
        new LogOutput(IsTerminal: true, IsJournal: false, NoColour: false).Formatter(LogForm.Auto, "a", TimeZoneInfo.Utc).ShouldBeOfType<TextLogFormatter>();
        new LogOutput(IsTerminal: false, IsJournal: false, NoColour: false).Formatter(LogForm.Auto, "a", TimeZoneInfo.Utc).ShouldBeOfType<JsonLogFormatter>();
        new LogOutput(IsTerminal: true, IsJournal: false, NoColour: false).Formatter(LogForm.Json, "a", TimeZoneInfo.Utc).ShouldBeOfType<JsonLogFormatter>();
    }

    [Fact]
    public void Formatter_NoColour_IsRespected()
    {
        Records.Format(new LogOutput(IsTerminal: true, IsJournal: false, NoColour: true).Formatter(LogForm.Text, "a", TimeZoneInfo.Utc)).ShouldNotContain("\e");
        Records.Format(new LogOutput(IsTerminal: true, IsJournal: false, NoColour: false).Formatter(LogForm.Text, "a", TimeZoneInfo.Utc)).ShouldContain("\e[32m");
    }

    [Fact]
    public void Formatter_Journal_GetsPriorities()
        => Records.Format(new LogOutput(IsTerminal: false, IsJournal: true, NoColour: false).Formatter(LogForm.Text, "a", TimeZoneInfo.Utc)).ShouldBe("<6>Hello\n");
}
