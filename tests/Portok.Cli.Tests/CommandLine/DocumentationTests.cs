using System.CommandLine;
using System.CommandLine.Help;
using Portok.Cli.CommandLine;
using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.CommandLine;

/// <summary>docs/cli.md and --help are about the same commands and options.</summary>
public sealed class DocumentationTests
{
    private static readonly string[] Lines = File.ReadAllLines(RepositoryRoot.Combine("docs", "cli.md"));

    public static TheoryData<string> Verbs => [.. new PortokCommandLine(TestHost.With(Env.Of())).Verbs.Select(Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Page_HasASectionWithUsageAndEveryOption_OfThisVerb(string verb)
    {
        string section = Section(verb).ShouldNotBeNull($"docs/cli.md has no section '## portok {verb}'");
        string help = (await CommandRun.InProcessAsync([.. verb.Split(' '), "--help"])).Out;
        string usage = help.Split('\n').Single(l => l.StartsWith("Usage: ", StringComparison.Ordinal))["Usage: ".Length..];
        Command command = new PortokCommandLine(TestHost.With(Env.Of())).Verbs.Single(c => Name(c) is var name && name.Equals(verb, StringComparison.Ordinal));

        section.ShouldContain($"`{usage}`:");
        foreach (Option option in command.Options.Where(o => !o.Hidden && o is not HelpOption))
        {
            section.ShouldContain($"- `{option.Name}{(option.HelpName is { } value ? " " + value : "")}`");
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_OfThisVerb_FitsIn80Columns(string verb)
    {
        CommandRun run = await CommandRun.InProcessAsync([.. verb.Split(' '), "--help"]);

        run.ExitCode.ShouldBe(0);
        run.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
    }

    [Fact]
    public void Page_HasNoSectionOfAVerbThatIsNot() =>
        Lines.Where(l => l.StartsWith("## portok ", StringComparison.Ordinal)).Select(l => l["## portok ".Length..])
            .ShouldBe(Verbs.Select(row => row.Data), ignoreOrder: true);

    [Fact]
    public void Page_HasEveryExitCode()
    {
        foreach ((int code, _) in ExitCode.All)
        {
            Lines.ShouldContain(l => l.StartsWith($"| {code} | ", StringComparison.Ordinal));
        }
    }

    private static string Name(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Where(c => c is not RootCommand).Select(c => c.Name).Append(command.Name));

    private static string? Section(string verb)
    {
        int start = Array.IndexOf(Lines, $"## portok {verb}");
        int end = start < 0 ? -1 : Array.FindIndex(Lines, start + 1, l => l.StartsWith("## ", StringComparison.Ordinal));
        return start < 0 ? null : string.Join('\n', Lines[start..(end < 0 ? Lines.Length : end)]);
    }
}
