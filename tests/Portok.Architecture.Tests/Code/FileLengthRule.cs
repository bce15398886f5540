using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Code;

/// <summary>A file that grows past the limit holds two subjects: cut it.</summary>
internal static class FileLengthRule
{
    public const int SourceLines = 400;
    public const int TestLines = 500;

    public static IEnumerable<string> Check(IEnumerable<SourceFile> files) =>
        from file in files
        where file.IsCSharp
        let limit = file.IsUnder("tests") ? TestLines : SourceLines
        where file.Lines.Length > limit
        select $"{file.Path}: {file.Lines.Length} lines, at most {limit} are allowed";
}
