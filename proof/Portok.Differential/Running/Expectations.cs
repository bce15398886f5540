using System.Globalization;
using Portok.Differential.Cases;
using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>What the corpus says must come of a case through Portok.</summary>
internal static class Expectations
{
    /// <summary>Everything that is otherwise, a line each.</summary>
    public static IEnumerable<string> Check(IReadOnlyList<SplitOutcome> runs)
    {
        foreach (SplitOutcome run in runs)
        {
            foreach (string fault in run.Case.Kind == CaseKind.Request ? CheckRequest(run.Case, run.Outcome) : CheckResponse(run.Case, run.Outcome))
                yield return $"{run.Case.Name} ({run.Split.Name}): {fault}";
        }

        // Where a fault lies behind a head that may have gone on already, either word is right, but equal words mean equal bytes.
        foreach (IGrouping<string, SplitOutcome> alike in runs.GroupBy(run => run.Outcome.Words))
        {
            string first = Signature.Of(alike.First());
            foreach (SplitOutcome other in alike.Skip(1))
            {
                string signature = Signature.Of(other);
                if (signature == first) continue;
                yield return $"{other.Case.Name} ({other.Split.Name}): not as {alike.First().Split.Name}: {Difference(first, signature)}";
            }
        }
    }

    private static IEnumerable<string> CheckRequest(Case scripted, Outcome outcome)
    {
        if (!scripted.Expect.Contains(outcome.Words)) yield return $"expected {string.Join(" or ", scripted.Expect)}, found {outcome.Words}";
        string last = outcome.Words.Split(' ')[^1];
        if (int.TryParse(last, CultureInfo.InvariantCulture, out int status) && status >= 400 && outcome.Ending == Ending.Open)
            yield return $"the connection stays open behind {last}";
        int relayed = outcome.Words.Split(' ').Count(word => word == "relayed"), whole = outcome.Whole.Count();
        if (relayed != whole) yield return $"{relayed} answers of the app, {whole} requests reached it";
        foreach (OriginExchange exchange in outcome.Exchanges.Where(exchange => exchange.Answered && exchange.Message is not { IsComplete: true }))
            yield return $"forwarded what has no end: {EscapedBytes.Write(exchange.Bytes)}";
        if (outcome.Whole.FirstOrDefault() is not { } first) yield break;
        if (scripted.Content is { } content && !content.AsSpan().SequenceEqual(first.Message!.Body)) yield return $"the app got the body {EscapedBytes.Write(first.Message.Body)}";
        if (scripted.Target is { } target && target != first.Message!.Target) yield return $"the app got the target {first.Message.Target}";
        foreach (string fault in CheckLines(scripted, first.Message!)) yield return fault;
    }

    private static IEnumerable<string> CheckResponse(Case scripted, Outcome outcome)
    {
        if (!scripted.Expect.Contains(outcome.Words)) yield return $"expected {string.Join(" or ", scripted.Expect)}, found {outcome.Words}";
        if (outcome.Words.EndsWith("-cut", StringComparison.Ordinal) && outcome.Ending == Ending.Open) yield return "an answer that is cut leaves the connection open";
        if (outcome.Next != "own") yield return $"the request behind it got {outcome.Next}";
        if (scripted.Reuse is { } reuse && reuse != outcome.Reused) yield return outcome.Reused ? "the connection to the app is used again" : "the connection to the app is not used again";
        if (outcome.Answers.FirstOrDefault(answer => answer.Status is 101 or >= 200) is not { } final) yield break;
        if (scripted.Content is { } content && !content.AsSpan().SequenceEqual(final.Body)) yield return $"the client got the body {EscapedBytes.Write(final.Body)}";
        foreach (string fault in CheckLines(scripted, final)) yield return fault;
    }

    private static IEnumerable<string> CheckLines(Case scripted, Message message)
    {
        foreach (string line in scripted.Has.Where(line => !message.Lines.Concat(message.Trailers).Contains(line))) yield return $"no line '{line}' in: {string.Join(" / ", message.Lines)}";
        foreach (string word in scripted.Lacks.Where(word => message.Lines.Concat(message.Trailers).Any(line => line.Contains(word, StringComparison.OrdinalIgnoreCase))))
            yield return $"'{word}' in: {string.Join(" / ", message.Lines)}";
    }

    private static string Difference(string first, string other)
    {
        int at = 0;
        while (at < first.Length && at < other.Length && first[at] == other[at]) at++;
        return $"'{Around(first, at)}' against '{Around(other, at)}'";
    }

    private static string Around(string text, int at) => text.Substring(Math.Max(0, at - 30), Math.Min(text.Length - Math.Max(0, at - 30), 90)).ReplaceLineEndings(" / ");
}
