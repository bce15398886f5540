using Portok.Differential.Cases;
using Portok.Differential.Judges;
using Portok.Differential.Running;
using Portok.Differential.Wire;

namespace Portok.Differential.Reporting;

/// <summary>How a peer's outcome differs from Portok's.</summary>
internal enum Contrast
{
    Same,

    /// <summary>It passes on what Portok refuses.</summary>
    Laxer,

    /// <summary>It refuses what Portok passes on.</summary>
    Stricter,

    /// <summary>Both refuse or both cut, in other words.</summary>
    OtherAnswer,

    /// <summary>Both pass it on; it does not arrive as the same message.</summary>
    OtherBytes,

    /// <summary>It depends on how the bytes were split.</summary>
    BySplit,
}

/// <summary>Compares outcomes.</summary>
internal static class Contrasts
{
    public static Contrast Of(IReadOnlyList<SplitOutcome> portok, IReadOnlyList<SplitOutcome> peer)
    {
        Outcome ours = portok[0].Outcome, theirs = peer[0].Outcome;
        if (peer.Any(run => run.Outcome.Words != theirs.Words) && portok.All(run => run.Outcome.Words == ours.Words)) return Contrast.BySplit;
        if (ours.Words == theirs.Words) return Passed(peer[0]) == Passed(portok[0]) ? Contrast.Same : Contrast.OtherBytes;
        int we = Reach(portok[0]), they = Reach(peer[0]);
        return they > we ? Contrast.Laxer : they < we ? Contrast.Stricter : Contrast.OtherAnswer;
    }

    public static string Title(Contrast contrast) => contrast switch
    {
        Contrast.Same => "same",
        Contrast.Laxer => "passes on what Portok refuses",
        Contrast.Stricter => "refuses what Portok passes on",
        Contrast.OtherAnswer => "another answer",
        Contrast.OtherBytes => "another message arrives",
        _ => "depends on the split",
    };

    /// <summary>What arrived on the other side: how it is framed there too.</summary>
    public static string Passed(SplitOutcome run) => run.Case.Kind == CaseKind.Request
        ? string.Join("; ", run.Outcome.Whole.Select(exchange => Framed(exchange.Message!, ReadMessage.Describe(exchange.Message!))))
        : string.Join("; ", run.Outcome.Answers.Where(answer => answer.Status >= 200).Select(answer => Framed(answer, $"{answer.Status} {answer.Body.Length} {ReadMessage.Hash(answer.Body)}")));

    /// <summary>Passed on in a few words.</summary>
    public static string Short(SplitOutcome run)
    {
        IEnumerable<Message> messages = run.Case.Kind == CaseKind.Request ? run.Outcome.Whole.Select(exchange => exchange.Message!) : run.Outcome.Answers.Where(answer => answer.Status >= 200);
        return string.Join(", ", messages.Select(message =>
            $"{(run.Case.Kind == CaseKind.Request ? $"{message.Method} {Clip(message.Target)} " : "")}{message.Framing.ToString().ToLowerInvariant()} {message.Body.Length}{(message.Trailers.Count > 0 ? $" +{message.Trailers.Count} trailer" : "")}"));
    }

    private static string Framed(Message message, string what) => $"{what} {message.Framing} {string.Join(',', message.Trailers)}";

    private static string Clip(string text) => text.Length <= 30 ? text : $"{text[..27]}…";

    private static int Reach(SplitOutcome run) => run.Case.Kind == CaseKind.Request
        ? run.Outcome.Words.Split(' ').Count(word => word == "relayed")
        : run.Outcome.Answers.Count(answer => answer is { IsComplete: true, Status: < 500 });
}
