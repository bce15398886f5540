using Portok.Differential.Wire;

namespace Portok.Differential.Judges;

/// <summary>Whether Portok and the origins' parsers read what Portok forwarded as the same messages.</summary>
internal static class RequestVerdict
{
    /// <returns>For each judge: what it refused (stricter), and what it read otherwise (a violation; null when nothing).</returns>
    public static async Task<IReadOnlyList<(string Judge, int Refused, string? Violation)>> OfAsync(IReadOnlyList<OriginExchange> exchanges, IReadOnlyList<OriginJudge> judges)
    {
        // What Portok understood: one exchange, one message. It sends the next only when the one before is answered.
        bool endsWhole = exchanges.All(exchange => exchange.Message is { IsComplete: true });
        List<string> understood = [.. exchanges.Where(exchange => exchange.Message is { IsComplete: true }).Select(exchange => ReadMessage.Describe(exchange.Message!))];
        if (endsWhole) understood.Add(OriginJudge.SentinelReading);
        var verdicts = new List<(string, int, string?)>();
        foreach (OriginJudge judge in judges)
        {
            IReadOnlyList<ReadMessage> read = await judge.ReadAsync(exchanges, endsWhole);
            verdicts.Add((judge.Name, read.Count(message => message.What is null), Compare(understood, read, endsWhole)));
        }

        return verdicts;
    }

    /// <summary>A parser may refuse (and then it may stop); what it does not refuse it must read the same, and nothing more.</summary>
    internal static string? Compare(IReadOnlyList<string> understood, IReadOnlyList<ReadMessage> read, bool endsWhole)
    {
        for (int i = 0; i < read.Count; i++)
        {
            if (read[i].What is not { } what) continue;
            if (i >= understood.Count) return $"read a message that Portok did not forward: {what}";
            if (what != understood[i]) return $"message {i + 1}: Portok forwarded '{understood[i]}', it read '{what}'";
        }

        bool refused = read.Count > 0 && read[^1].What is null;
        if (endsWhole && read.Count < understood.Count && !refused) return $"read {read.Count} of {understood.Count} messages and refused none";
        return null;
    }
}
