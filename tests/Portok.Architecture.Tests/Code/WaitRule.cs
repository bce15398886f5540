using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Code;

/// <summary>
/// A test waits for the thing, not for a time. Time may pass in an app that is scripted to be slow and between two looks of a
/// bounded poll. Where else it must (a client that drips), a comment on the statement says why, or the file is listed in
/// <see cref="AllowedWaits"/>; an entry no longer needed is a violation too.
/// </summary>
internal static class WaitRule
{
    /// <summary>Programs that tests put behind Portok: being slow is what some of them are for.</summary>
    private const string Apps = "tests/apps";

    private const int ShortestReason = 15;

    public static IEnumerable<string> Check(IEnumerable<SourceFile> files, IReadOnlyList<AllowedWait> allowed)
    {
        var used = new HashSet<AllowedWait>();
        foreach (SourceFile file in files.Where(f => f.IsCSharp && f.IsUnder("tests") && !f.IsUnder(Apps)))
        {
            foreach (MemberAccessExpressionSyntax access in file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            {
                string name = access.ToString();
                if (!name.EndsWith("Thread.Sleep", StringComparison.Ordinal)
                    && !name.EndsWith("Task.Delay", StringComparison.Ordinal)
                    || IsForever(access)
                    || IsBoundedPoll(access)
                    || IsInScriptedApp(access)
                    || SaysWhy(access))
                {
                    continue;
                }

                if (allowed.FirstOrDefault(entry => string.Equals(entry.Path, file.Path, StringComparison.Ordinal)) is { } found)
                {
                    used.Add(found);
                }
                else
                {
                    yield return $"{file.At(access)}: {name}; wait for the thing itself, bounded, or say in a comment why time must pass";
                }
            }
        }

        foreach (AllowedWait entry in allowed.Except(used))
        {
            yield return $"{entry.Path} waits no more: take it off the list";
        }

        foreach (AllowedWait entry in allowed.Where(entry => entry.Why.Length < ShortestReason))
        {
            yield return $"{entry.Path}: say why it must let time pass";
        }
    }

    /// <summary>while (!there) { await Task.Delay(5, bounded); }</summary>
    private static bool IsBoundedPoll(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 2 }
        && access.FirstAncestorOrSelf<StatementSyntax>()?.Parent is BlockSyntax { Parent: WhileStatementSyntax loop }
        && !loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression);

    private static bool IsInScriptedApp(MemberAccessExpressionSyntax access) =>
        access.Ancestors().OfType<LambdaExpressionSyntax>()
            .Select(lambda => lambda.Parent?.Parent?.Parent)
            .OfType<InvocationExpressionSyntax>()
            .Any(call => call.Expression.ToString() is var called
                && (called is "ScriptedApp.Start" || called.EndsWith(".BehindAsync", StringComparison.Ordinal)));

    private static bool SaysWhy(MemberAccessExpressionSyntax access) =>
        access.FirstAncestorOrSelf<StatementSyntax>() is { } statement
        && statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia())
            .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().Length > ShortestReason);

    /// <summary>Waiting without an end, until cancelled, is waiting for something.</summary>
    private static bool IsForever(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax call
        && call.ArgumentList.Arguments.FirstOrDefault()?.ToString() is "Timeout.Infinite" or "Timeout.InfiniteTimeSpan" or "-1";
}
