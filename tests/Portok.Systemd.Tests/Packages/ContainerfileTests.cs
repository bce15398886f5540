using System.Text.RegularExpressions;

namespace Portok.Systemd.Tests.Packages;

/// <summary>The container file, read as a builder would, where there is no builder.</summary>
public sealed partial class ContainerfileTests
{
    private static readonly string[] Known = ["FROM", "RUN", "COPY", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD", "ENV", "LABEL", "WORKDIR", "ARG"];

    [Fact]
    public void Instructions_AreKnown_AndRunUnprivileged()
    {
        (string Name, string Words)[] instructions = [.. Instructions()];
        instructions[0].Name.ShouldBe("FROM");
        instructions[0].Words.ShouldNotEndWith(":latest");
        foreach ((string name, string rest) in instructions)
        {
            Known.Contains(name, StringComparer.Ordinal).ShouldBeTrue(name);
            rest.ShouldNotBeEmpty();
        }

        instructions.Last(i => i.Name is "USER").Words.ShouldBe("portok");
        instructions.Single(i => i.Name is "ENTRYPOINT").Words.ShouldBe("""["portokd"]""");
    }

    [Fact]
    public async Task Sources_OfEveryCopy_ArePutThereByThePackageScript_OrLieInTheRepository()
    {
        string script = await File.ReadAllTextAsync(RepositoryRoot.Combine("package"), TestContext.Current.CancellationToken);
        foreach ((_, string rest) in Instructions().Where(i => i.Name is "COPY"))
        {
            string[] words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words.Length.ShouldBeGreaterThan(1, rest);
            foreach (string source in words[..^1])
            {
                // What is built is not in the repository: then the script has to name it.
                if (source.StartsWith("artifacts/packages/container/", StringComparison.Ordinal))
                    script.ShouldContain($"$programs/{Path.GetFileName(source)}");
                else
                    File.Exists(RepositoryRoot.Combine(source)).ShouldBeTrue(source);
            }
        }
    }

    [Fact]
    public async Task ShellOfEveryRun_IsWellFormed()
    {
        foreach ((_, string rest) in Instructions().Where(i => i.Name is "RUN"))
            (await ProcessRunner.RunAsync("sh", ["-n", "-c", rest])).ExitCode.ShouldBe(0, rest);
    }

    private static IEnumerable<(string Name, string Words)> Instructions()
    {
        string text = File.ReadAllText(RepositoryRoot.Combine("packaging", "container", "Containerfile"));
        string joined = Continuation().Replace(Comment().Replace(text, ""), " ");
        foreach (string line in joined.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ', 2);
            yield return (parts[0], parts.Length > 1 ? parts[1].Trim() : "");
        }
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n\s*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Continuation();
}
