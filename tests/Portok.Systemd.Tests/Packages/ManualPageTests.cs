using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Packages;

/// <summary>The manual pages as the programs print them are accepted by man(1) without a word, and say what --help says.</summary>
public sealed class ManualPageTests
{
    [Theory]
    [InlineData("portok", "man", "EXIT STATUS")]
    [InlineData("portokd", "man", "SIGNALS")]
    [InlineData("portokd", "settings --man", "ROLLBACK_FAIL_THRESHOLD")]
    public async Task Page_TypesetByMan_HasNoWarning(string program, string arguments, string says)
    {
        using TempFolder folder = new();
        string page = folder.File("page", await PrintAsync(program, arguments));
        ProcessResult typeset = await ProcessRunner.RunAsync("man", ["--warnings", "--local-file", page], Plain);
        typeset.ShouldSucceed();
        typeset.Errors.ShouldBeEmpty();
        typeset.Output.ShouldContain(says);
    }

    [Fact]
    public async Task PortokPage_HasEveryCommandOfTheHelp()
    {
        string help = await PrintAsync("portok", "--help"), page = await PrintAsync("portok", "man");
        string[] commands = [.. help.Split('\n').SkipWhile(line => line is not "Commands:").Skip(1).TakeWhile(line => line.Length > 0)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim().Split(' ')[0])];
        commands.Length.ShouldBeGreaterThan(4, help);
        foreach (string command in commands)
            page.ShouldContain($".SS \"portok {command}");
    }

    private static Dictionary<string, string?> Plain { get; } = new(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8", ["MANWIDTH"] = "80", ["MANROFFOPT"] = null };

    private static async Task<string> PrintAsync(string program, string arguments)
    {
        ProcessResult printed = await ProcessRunner.RunAsync(program is "portok" ? PortokBinary.Cli : PortokBinary.Daemon, arguments.Split(' '));
        printed.ShouldSucceed();
        return printed.Output;
    }
}
