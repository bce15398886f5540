namespace Portok.Architecture.Tests.Documents;

/// <summary>The commands a page tells its reader to type: the lines of its ```sh blocks without their comments.</summary>
internal static class ShellCommands
{
    public static IReadOnlyList<string> In(string page)
    {
        var commands = new List<string>();
        bool shell = false;
        foreach (string line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                shell = !shell && line is "```sh";
            }
            else if (shell && WithoutComment(line) is { Length: > 0 } command)
            {
                commands.Add(command);
            }
        }

        return commands;
    }

    private static string WithoutComment(string line)
    {
        int comment = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Trim();
    }
}
