using Xunit;

namespace Portok.Architecture.Tests.Sources;

internal static class RuleAssertions
{
    /// <summary>Fails with every violation on a line of its own.</summary>
    public static void ShouldHold(this IEnumerable<string> violations)
    {
        string[] found = [.. violations];
        if (found.Length > 0)
        {
            Assert.Fail($"{found.Length} violation(s):\n{string.Join('\n', found)}");
        }
    }
}
