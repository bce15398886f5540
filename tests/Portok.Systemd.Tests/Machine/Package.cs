using System.Collections.Concurrent;
using System.Globalization;

namespace Portok.Systemd.Tests.Machine;

/// <summary>The packages as ./package builds them.</summary>
internal static class Package
{
    /// <summary>By revision: packing anew what has not changed takes longer than booting a machine.</summary>
    private static readonly ConcurrentDictionary<int, Lazy<Task<string>>> Built = new();

    private static readonly TimeSpan BuiltWithin = TimeSpan.FromMinutes(20);

    /// <summary>Skips the test, with the reason, where programs cannot be compiled natively.</summary>
    public static void SkipUnlessItCanBeMade()
    {
        foreach (string needed in (string[])["/usr/bin/gcc", "/usr/include/zlib.h"])
            Assert.SkipUnless(File.Exists(needed), $"{needed} is missing: programs cannot be compiled natively here");
    }

    /// <summary>Builds the Debian package at a revision (quick when its programs are compiled already) and gives its path.</summary>
    public static Task<string> BuildAsync(int revision = 1) => Built.GetOrAdd(revision, number => new Lazy<Task<string>>(() => DebAsync(number))).Value;

    private static async Task<string> DebAsync(int revision)
        => (await MakeAsync("deb", "--revision", revision.ToString(CultureInfo.InvariantCulture)))[^1];

    /// <summary>Runs ./package and gives the paths it prints.</summary>
    public static async Task<string[]> MakeAsync(params string[] arguments)
    {
        ProcessResult built = await ProcessRunner.RunAsync(RepositoryRoot.Combine("package"), [.. arguments, "--no-install"], within: BuiltWithin);
        built.ShouldSucceed();
        return built.Output.Trim().Split('\n');
    }

    /// <summary>Where a machine sees a package.</summary>
    public static string InMachine(string package) => $"/packages/{Path.GetFileName(package)}";

    /// <summary>Installs or upgrades it in a machine. What it depends on is taken to be there, but for adduser.</summary>
    public static Task<string> InstallAsync(TestMachine machine, string package)
        => machine.RunAsync($"dpkg --install {InMachine(package)}", Patience.Long * 2);
}
