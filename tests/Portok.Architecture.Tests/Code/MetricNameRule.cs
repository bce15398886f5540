using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Code;

/// <summary>Every instrument has a name of its own, written where it is made.</summary>
internal static class MetricNameRule
{
    private static readonly string[] Factories =
    [
        "CreateCounter", "CreateUpDownCounter", "CreateHistogram", "CreateGauge",
        "CreateObservableCounter", "CreateObservableUpDownCounter", "CreateObservableGauge",
    ];

    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SourceFile file in files.Where(f => f.IsCSharp))
        {
            foreach (InvocationExpressionSyntax call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (call.Expression is not MemberAccessExpressionSyntax member || !Factories.Contains(member.Name.Identifier.Text))
                {
                    continue;
                }

                if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not LiteralExpressionSyntax literal)
                {
                    yield return $"{file.At(call)}: a metric's name is written as a literal";
                }
                else if (!seen.TryAdd(literal.Token.ValueText, file.At(call)))
                {
                    yield return $"{file.At(call)}: metric {literal.Token.ValueText} is already that of {seen[literal.Token.ValueText]}";
                }
            }
        }
    }
}
