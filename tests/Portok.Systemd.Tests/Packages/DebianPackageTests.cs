using System.Text;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Packages;

/// <summary>The Debian package as a file: what Debian's own judge says of it, and which sources it says it is of.</summary>
public sealed class DebianPackageTests
{
    [Fact]
    public async Task Package_JudgedByLintian_HasNoErrorAndNoWarning()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/lintian"), "lintian is missing");
        string package = await BuildAsync();
        ProcessResult judged = await ProcessRunner.RunAsync("lintian", ["--fail-on", "error,warning", "--allow-root", package], within: Patience.Long * 2);
        judged.ExitCode.ShouldBe(0, judged.Output + judged.Errors);
    }

    [Fact]
    public async Task Version_OfProgramsPackageAndManualPages_IsThatOfTheLastCommit()
    {
        string package = await BuildAsync();
        using TempFolder folder = new();
        (await RunAsync("dpkg-deb", "--extract", package, folder.Path)).ShouldBeEmpty();
        string field = (await RunAsync("dpkg-deb", "--field", package, "Version")).Trim(), version = field[..field.LastIndexOf('-')].Replace('~', '-');
        string commit = (await RunAsync("git", "-C", RepositoryRoot.Path, "rev-parse", "HEAD")).Trim();
        foreach (string program in (string[])["portok", "portokd"])
        {
            string path = folder.Combine("usr", "bin", program);
            (await RunAsync(path, "--version")).ShouldBe($"{program} {version}\n");
            byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{version}+{commit}")).ShouldBeGreaterThan(0, $"{program} is not compiled from {commit}");
        }

        foreach (string page in (string[])["man1/portok.1", "man5/portok.env.5", "man8/portokd.8"])
            (await RunAsync("gzip", "--decompress", "--stdout", folder.Combine("usr", "share", "man", page + ".gz"))).ShouldContain($" {version.Replace("-", "\\-", StringComparison.Ordinal)}\"");
    }

    private static async Task<string> BuildAsync()
    {
        Package.SkipUnlessItCanBeMade();
        return await Package.BuildAsync();
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessResult run = await ProcessRunner.RunAsync(program, arguments);
        run.ShouldSucceed();
        return run.Output;
    }
}
