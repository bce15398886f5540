using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Code;

/// <summary>No `dynamic`: it hides from the compiler and does not survive native compilation.</summary>
internal static class DynamicRule
{
    public static IEnumerable<string> Check(IEnumerable<SourceFile> files) =>
        from file in files
        where file.IsCSharp
        from name in file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
        where name.Identifier.Text is "dynamic"
        select $"{file.At(name)}: dynamic";
}
