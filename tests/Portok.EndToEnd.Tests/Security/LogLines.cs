using System.Text.Json;

namespace Portok.EndToEnd.Tests.Security;

/// <summary>What every line of the daemon's log has to be, whatever was done to the daemon.</summary>
internal static class LogLines
{
    /// <summary>Fails unless each line is one JSON object without a raw control character; the last may be unfinished.</summary>
    public static void ShouldBeWholeAndClean(string log)
    {
        string[] lines = log.Split('\n')[..^1];
        lines.ShouldNotBeEmpty();
        foreach (string line in lines)
        {
            line.Any(char.IsControl).ShouldBeFalse(line);
            using var record = JsonDocument.Parse(line);
            record.RootElement.TryGetProperty("level", out _).ShouldBeTrue(line);
        }
    }
}
