using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Logging;
using Portok.Daemon.Logging;
using Shouldly;

namespace Portok.Daemon.Tests.Logging;

public class JsonLogFormatterTests
{
    private static readonly JsonLogFormatter Formatter = new("api", forJournal: false);

    [Fact]
    public void Format_PlainRecord_IsOneLineWithEveryPart()
        => Records.Format(Formatter, "It's Überall", LogLevel.Warning, fields: [new("Port", 8080), new("Ok", true), new("Why", null), new(LogRecord.TemplateField, "x")])
            .ShouldBe("""{"time":"2024-01-15T10:30:00.123Z","level":"warn","event":3999,"name":"Tested","instance":"api","category":"Portok.Tests","message":"It's Überall","fields":{"port":8080,"ok":true,"why":null}}""" + "\n");

    [Fact]
    public void Format_ForTheJournal_BeginsWithThePriority()
    {
        JsonLogFormatter journal = new("api", forJournal: true);
        Records.Format(journal, level: LogLevel.Error).ShouldStartWith("<3>{\"time\"");
        Records.Format(journal, level: LogLevel.Debug).ShouldStartWith("<7>{");
    }

    [Fact]
    public void Format_FieldNamedLikeAPartOfTheLine_CannotReplaceIt()
    {
        using JsonDocument line = JsonDocument.Parse(Records.Format(Formatter, fields: [new("Level", "fatal"), new("Time", 0)]));
        line.RootElement.GetProperty("level").GetString().ShouldBe("info");
        line.RootElement.GetProperty("fields").GetProperty("level").GetString().ShouldBe("fatal");
    }

    [Fact]
    public void Format_AnyText_IsOneLineOfJsonThatGivesTheTextBack()
        => Gen.String.Where(text => !text.Any(char.IsSurrogate)).Sample(text =>
        {
            string line = Records.Format(Formatter, text, fields: [new("Peer", text)]);
            using JsonDocument parsed = JsonDocument.Parse(line);
            return line.TrimEnd('\n').All(c => !char.IsControl(c) && c is not '\u2028' and not '\u2029')
                && parsed.RootElement.GetProperty("message").GetString() == text
                && parsed.RootElement.GetProperty("fields").GetProperty("peer").GetString() == text;
        });

    [Fact]
    public void Format_Exception_IsShortUnlessVerbose()
    {
        string brief = Records.Format(Formatter, exception: Records.Hostile());
        brief.ShouldContain("\"error\":\"InvalidOperationException: bad\\n10:00:00 error forged\\u001B[2J (IOException: inner)\"");
        brief.Count(c => c == '\n').ShouldBe(1);
        string whole = Records.Format(Formatter, exception: Records.Hostile(), verbose: true);
        whole.ShouldContain("at Portok.Daemon.Tests.Logging.Records.Hostile()");
        whole.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact]
    public void Format_ValuesOfEachKind_KeepTheirKind()
        => Records.Format(Formatter, fields:
            [new("I", 1L), new("U", 2UL), new("D", 1.5), new("N", double.NaN), new("T", TimeSpan.FromSeconds(1)), new("At", Records.At), new("E", LogLevel.Error)])
            .ShouldContain("""{"i":1,"u":2,"d":1.5,"n":"NaN","t":"00:00:01","at":"2024-01-15T10:30:00.123Z","e":"Error"}""");
}
