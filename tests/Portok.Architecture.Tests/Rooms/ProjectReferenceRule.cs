using System.Xml.Linq;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Rooms;

/// <summary>A project file of src/ references only what the arrows allow, and packages only where they are allowed.</summary>
internal static class ProjectReferenceRule
{
    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files.Where(f => f.IsUnder("src") && f.Path.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            string room = Path.GetFileNameWithoutExtension(file.Path);
            if (!RoomMap.Arrows.TryGetValue(room, out string[]? allowed))
            {
                yield return $"{file.Path}: {room} is no room of the map";
                continue;
            }

            XDocument project = XDocument.Parse(file.Text);
            foreach (string reference in Includes(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).OfType<string>())
            {
                if (!allowed.Contains(reference, StringComparer.Ordinal))
                {
                    yield return $"{file.Path}: {room} must not reference {reference}";
                }
            }

            if (RoomMap.WithoutPackages.Contains(room, StringComparer.Ordinal))
            {
                foreach (string package in Includes(project, "PackageReference").Concat(Includes(project, "FrameworkReference")))
                {
                    yield return $"{file.Path}: {room} uses no package, but references {package}";
                }
            }
        }
    }

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
