using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Rooms;

/// <summary>
/// A namespace is the folder it lies in or one above it in the same room, and code names only rooms the arrows allow: a project sees the references of its
/// references, so the project files alone do not hold the arrows.
/// </summary>
internal static class NamespaceRule
{
    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files.Where(f => f.IsCSharp && f.IsUnder("src")))
        {
            string[] parts = file.Path.Split('/');
            string room = parts[1];
            string folder = string.Join('.', parts[1..^1]);
            foreach (BaseNamespaceDeclarationSyntax declared in file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
            {
                string name = declared.Name.ToString();
                if (!IsOrIsUnder(name, room) || !IsOrIsUnder(folder, name))
                {
                    yield return $"{file.At(declared)}: namespace {name} lies in the folder of {folder}";
                }
            }

            foreach (SyntaxNode name in OutermostNames(file.Syntax))
            {
                string? other = RoomMap.RoomOf(name.ToString());
                if (other is not null && !string.Equals(other, room, StringComparison.Ordinal) && !RoomMap.Arrows.GetValueOrDefault(room, []).Contains(other))
                {
                    yield return $"{file.At(name)}: {room} must not see {other}";
                }
            }
        }
    }

    private static bool IsOrIsUnder(string name, string parent) =>
        string.Equals(name, parent, StringComparison.Ordinal) || name.StartsWith(parent + ".", StringComparison.Ordinal);

    private static IEnumerable<SyntaxNode> OutermostNames(SyntaxNode root) =>
        root.DescendantNodes(descendIntoTrivia: false)
            .Where(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax)
            .Where(node => node.Parent is not (QualifiedNameSyntax or MemberAccessExpressionSyntax or BaseNamespaceDeclarationSyntax));
}
