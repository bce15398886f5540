using System.Text.RegularExpressions;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Documents;

/// <summary>
/// Nothing in the repository names the machine it was written on or the hosts packages come from: a clone works wherever its
/// user's own settings point. The names are put together here so that this file does not hold them itself.
/// </summary>
internal static class ForeignNameRule
{
    private static readonly string[] MachineFolders = ["work", "root", "Users", "home/[a-z][a-z0-9_-]*"];

    private static readonly string[] RegistryHosts =
    [
        "nuget" + @"\.org", "registry" + @"\.npmjs", "npmjs" + @"\.com", "registry" + @"\.yarnpkg",
        "proxy" + @"\.golang", "pypi" + @"\.org", "deb" + @"\.debian\.org", "pkgs" + @"\.dev\.azure", "nodesource" + @"\.com",
    ];

    private static readonly Regex Foreign = new(
        $"""(?<=^|[\s"'`=(:,])/(?:{string.Join('|', MachineFolders)})/|{string.Join('|', RegistryHosts)}""",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public static IEnumerable<string> Check(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        let match = Foreign.Match(line.Item)
        where match.Success
        select $"{file.Path}:{line.Index + 1}: {match.Value}";
}
