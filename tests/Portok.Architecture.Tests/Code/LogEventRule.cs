using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Code;

/// <summary>Every log event has a number of its own, so that an operator can look for it.</summary>
internal static class LogEventRule
{
    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        var seen = new Dictionary<int, string>();
        foreach ((SourceFile file, SyntaxNode node, ExpressionSyntax? id) in files.Where(f => f.IsCSharp).SelectMany(Events))
        {
            if (!int.TryParse(id?.ToString().Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out int number))
            {
                yield return $"{file.At(node)}: a log event needs an id written as a number";
            }
            else if (!seen.TryAdd(number, file.At(node)))
            {
                yield return $"{file.At(node)}: log event {number} is already that of {seen[number]}";
            }
        }
    }

    private static IEnumerable<(SourceFile File, SyntaxNode Node, ExpressionSyntax? Id)> Events(SourceFile file)
    {
        foreach (SyntaxNode node in file.Syntax.DescendantNodes())
        {
            if (node is AttributeSyntax attribute && attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute")
            {
                var arguments = ((AttributeSyntax)node).ArgumentList?.Arguments ?? default;
                AttributeArgumentSyntax? id =
                    arguments.FirstOrDefault(a => (a.NameEquals?.Name ?? a.NameColon?.Name)?.ToString() is "EventId" or "eventId")
                    ?? arguments.FirstOrDefault(a => a.NameEquals is null && a.NameColon is null);
                yield return (file, node, id?.Expression);
            }
            else if (node is ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "EventId" } } creation)
            {
                yield return (file, node, creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression);
            }
        }
    }
}
