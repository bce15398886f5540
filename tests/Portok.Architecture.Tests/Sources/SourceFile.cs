using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Portok.Architecture.Tests.Sources;

/// <summary>A text file of the repository, or one made up to test a rule.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
public sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<SyntaxNode> _root = new(() => CSharpSyntaxTree.ParseText(Text).GetRoot());

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>The syntax of a C# file.</summary>
    public SyntaxNode Syntax => _root.Value;

    /// <summary>"path:line" of a piece of syntax, as editors and terminals link it.</summary>
    public string At(SyntaxNodeOrToken where) =>
        $"{Path}:{where.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1}";

    public string[] Lines => Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
