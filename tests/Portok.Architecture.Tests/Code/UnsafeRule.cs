using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Code;

/// <summary>`unsafe`, and the means to get round it, only in Portok.Linux.</summary>
internal static class UnsafeRule
{
    private const string Home = "src/Portok.Linux";

    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files.Where(f => !f.IsUnder(Home)))
        {
            if (file.Path.EndsWith(".csproj", StringComparison.Ordinal) || file.Path.EndsWith(".props", StringComparison.Ordinal))
            {
                if (file.Text.Contains("<AllowUnsafeBlocks>true", StringComparison.OrdinalIgnoreCase))
                {
                    yield return $"{file.Path}: allows unsafe code";
                }
            }
            else if (file.IsCSharp && file.IsUnder("src"))
            {
                foreach (SyntaxToken token in file.Syntax.DescendantTokens())
                {
                    if (token.IsKind(SyntaxKind.UnsafeKeyword))
                    {
                        yield return $"{file.At(token)}: unsafe code outside {Home}";
                    }
                    else if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "DllImport" or "LibraryImport")
                    {
                        yield return $"{file.At(token)}: a system call declared outside {Home}";
                    }
                }
            }
        }
    }
}
