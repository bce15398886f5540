using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>
/// What came of one case on one way. Its words, in order: <c>relayed</c> for an answer of the app to a request case, else the
/// status; <c>-cut</c> behind one that did not end; <c>waits</c> when nothing came, <c>closed</c> or <c>reset</c> when that was all.
/// </summary>
internal sealed record Outcome
{
    public required string Words { get; init; }

    public required IReadOnlyList<Message> Answers { get; init; }

    public required Ending Ending { get; init; }

    public required IReadOnlyList<OriginExchange> Exchanges { get; init; }

    /// <summary>All that the client got for the case itself.</summary>
    public required byte[] Received { get; init; }

    /// <summary>Of a response: what the request behind it was answered.</summary>
    public string Next { get; init; } = "";

    /// <summary>Of a response: whether that request took the connection the scripted answer came on.</summary>
    public bool Reused { get; init; }

    /// <summary>Requests that reached the app whole.</summary>
    public IEnumerable<OriginExchange> Whole => Exchanges.Where(exchange => exchange.Message is { IsComplete: true });

    public static string WordsOf(IReadOnlyList<Message> answers, Ending ending, bool tellRelayed)
    {
        if (answers.Count == 0) return ending switch { Ending.Open => "waits", Ending.Closed => "closed", _ => "reset" };
        return string.Join(' ', answers.Where(answer => !tellRelayed || answer.Status >= 200 || answer.Status == 101).Select(Word));

        string Word(Message answer)
        {
            string word = tellRelayed && answer.Field(RecordingOrigin.Mark) is not null ? "relayed" : $"{answer.Status}";
            return answer.IsComplete || (answer.Framing == Framing.UntilClose && ending == Ending.Open) ? word : $"{word}-cut";
        }
    }
}
