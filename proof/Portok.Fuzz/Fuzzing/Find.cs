using System.Text.RegularExpressions;

namespace Portok.Fuzz.Fuzzing;

/// <summary>An input that an oracle objected to, or that made the code throw.</summary>
/// <param name="Input">The smallest such input that was found.</param>
/// <param name="Message">What was wrong.</param>
/// <param name="Signature">The same for the same fault, so that each is told once.</param>
internal sealed partial record Find(byte[] Input, string Message, string Signature)
{
    internal static Find Of(byte[] input, Exception fault)
    {
        string first = fault.Message.ReplaceLineEndings("\n").Split('\n')[0];
        // A violation may be of the instrumented copy's type, which has only its name in common with the one here.
        bool isViolation = fault.GetType().FullName == typeof(InvariantViolation).FullName;
        // Beyond the claim itself the message quotes the input; what is quoted differs from find to find.
        string claim = Varying().Replace(first, "*");
        string where = isViolation ? "" : (fault.StackTrace ?? "").Split('\n')[0].Trim();
        return new Find(input, isViolation ? fault.Message : fault.ToString(), $"{fault.GetType().Name}: {claim} {Varying().Replace(where, "*")}");
    }

    [GeneratedRegex(@"'.*'|[0-9]+")]
    private static partial Regex Varying();
}
