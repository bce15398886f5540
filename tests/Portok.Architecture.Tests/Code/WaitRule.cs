using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Code;

/// <summary>
/// A test waits for the thing, not for a time. The places that must let time pass are listed in <see cref="AllowedWaits"/>
/// with the reason; an entry that is no longer needed is a violation too.
/// </summary>
internal static class WaitRule
{
    /// <summary>Programs that tests put behind Portok: being slow is what some of them are for.</summary>
    private const string Apps = "tests/apps";

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
                    && !name.EndsWith("SpinWait.SpinUntil", StringComparison.Ordinal)
                    || IsForever(access))
                {
                    continue;
                }

                if (allowed.FirstOrDefault(entry => string.Equals(entry.Path, file.Path, StringComparison.Ordinal)) is { } found)
                {
                    used.Add(found);
                }
                else
                {
                    yield return $"{file.At(access)}: {name}; wait for the thing itself, bounded";
                }
            }
        }

        foreach (AllowedWait entry in allowed.Except(used))
        {
            yield return $"{entry.Path} waits no more: take it off the list";
        }

        foreach (AllowedWait entry in allowed.Where(entry => entry.Why.Length < 20))
        {
            yield return $"{entry.Path}: say why it must let time pass";
        }
    }

    /// <summary>Waiting without an end, until cancelled, is waiting for something.</summary>
    private static bool IsForever(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax call
        && call.ArgumentList.Arguments.FirstOrDefault()?.ToString() is "Timeout.Infinite" or "Timeout.InfiniteTimeSpan" or "-1";
}
