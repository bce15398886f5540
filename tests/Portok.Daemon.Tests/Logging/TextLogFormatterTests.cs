using CsCheck;
using Microsoft.Extensions.Logging;
using Portok.Daemon.Logging;
using Shouldly;

namespace Portok.Daemon.Tests.Logging;

public class TextLogFormatterTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");
    private static readonly TextLogFormatter Terminal = new(TextLogTime.TimeOfDay, colour: false, Zone);
    private static readonly TextLogFormatter Journal = new(TextLogTime.Journal, colour: false, Zone);

    [Fact]
    public void Format_Terminal_TellsLocalTimeLevelMessage() => Records.Format(Terminal, "Grüße", LogLevel.Warning).ShouldBe("12:30:00.123 warn  Grüße\n");

    [Fact]
    public void Format_File_TellsDateAndTimeInUtc()
        => Records.Format(new TextLogFormatter(TextLogTime.Utc, colour: false, Zone)).ShouldBe("2024-01-15T10:30:00.123Z info  Hello\n");

    [Fact]
    public void Format_Journal_HasThePriorityInsteadOfTime() => Records.Format(Journal, level: LogLevel.Warning).ShouldBe("<4>Hello\n");

    [Fact]
    public void Format_Colour_IsOnlyAroundLevelAndTime()
        => Records.Format(new TextLogFormatter(TextLogTime.TimeOfDay, colour: true, Zone), level: LogLevel.Error).ShouldBe("\e[2m12:30:00.123\e[0m \e[31merror\e[0m Hello\n");

    [Fact]
    public void Format_Fields_ShowsOnlyWhatTheMessageDoesNot()
        => Records.Format(Terminal, "Port 80", fields: [new("Port", 80), new("Peer", "::1\n"), new(LogRecord.TemplateField, "Port {Port}")])
            .ShouldBe("12:30:00.123 info  Port 80 peer=::1\\n\n");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Format_HostileException_StaysIndented(bool verbose)
    {
        string[] lines = Records.Format(Terminal, exception: Records.Hostile(), verbose: verbose).TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("12:30:00.123 info  Hello");
        lines.Skip(1).ShouldAllBe(l => l.StartsWith("    | ", StringComparison.Ordinal) && !l.Any(char.IsControl));
        lines.Any(l => l.Contains("at Portok.Daemon.Tests", StringComparison.Ordinal)).ShouldBe(verbose);
    }

    [Fact]
    public void Format_ExceptionInTheJournal_HasThePriorityOnEveryLine()
        => Records.Format(Journal, level: LogLevel.Error, exception: Records.Hostile()).TrimEnd('\n').Split('\n').ShouldAllBe(l => l.StartsWith("<3>", StringComparison.Ordinal));

    [Fact]
    public void Format_AnyMessage_IsOneLine()
        => Gen.String.Sample(text => Records.Format(Terminal, text).TrimEnd('\n').All(c => !char.IsControl(c)));
}
