using System.Collections.Concurrent;
using System.Globalization;

namespace Portok.Systemd.Tests.Machine;

/// <summary>The Debian package as ./package builds it.</summary>
internal static class Package
{
    /// <summary>By revision: packing anew what has not changed takes longer than booting a machine.</summary>
    private static readonly ConcurrentDictionary<int, Lazy<Task<string>>> Built = new();

    private static readonly TimeSpan BuiltWithin = TimeSpan.FromMinutes(20);

    /// <summary>Builds the package at a revision (quick when its programs are compiled already) and gives its path.</summary>
    public static Task<string> BuildAsync(int revision = 1) => Built.GetOrAdd(revision, number => new Lazy<Task<string>>(() => PackAsync(number))).Value;

    /// <summary>Where a machine sees it.</summary>
    public static string InMachine(string package) => $"/packages/{Path.GetFileName(package)}";

    /// <summary>Installs or upgrades it in a machine. What it depends on is taken to be there, but for adduser.</summary>
    public static Task<string> InstallAsync(TestMachine machine, string package)
        => machine.RunAsync($"dpkg --install {InMachine(package)}", Patience.Long * 2);

    private static async Task<string> PackAsync(int revision)
    {
        ProcessResult built = await ProcessRunner.RunAsync(
            RepositoryRoot.Combine("package"),
            ["deb", "--no-install", "--revision", revision.ToString(CultureInfo.InvariantCulture)],
            within: BuiltWithin);
        built.ShouldSucceed();
        return built.Output.Trim().Split('\n')[^1];
    }
}
