using Portok.Differential.Running;
using Portok.Differential.Wire;

namespace Portok.Differential.Judges;

/// <summary>Whether real clients read what Portok answered as Portok wrote it.</summary>
internal static class ResponseVerdict
{
    /// <returns>For each client: whether it gave up (stricter), and what it read otherwise (null when nothing).</returns>
    public static async Task<IReadOnlyList<(string Judge, int Refused, string? Violation)>> OfAsync(Outcome outcome, string method, IReadOnlyList<IClientJudge> clients)
    {
        Message? final = outcome.Answers.FirstOrDefault(answer => answer.Status >= 200);
        var verdicts = new List<(string, int, string?)>();
        foreach (IClientJudge client in clients)
        {
            using var replay = new ReplayServer(outcome.Received, outcome.Ending != Ending.Open);
            (ClientReading first, ClientReading next) = await client.AskAsync(replay.Port, method);
            verdicts.Add((client.Name, first.Error is null ? 0 : 1, Compare(final, first, next)));
        }

        return verdicts;
    }

    internal static string? Compare(Message? final, ClientReading first, ClientReading next)
    {
        bool whole = final is { IsComplete: true };
        if (first.Error is null)
        {
            string wrote = whole ? $"{final!.Status} {final.Body.Length} {ReadMessage.Hash(final.Body)}" : "nothing whole";
            if (!whole || first.ToString() != wrote) return $"Portok wrote {wrote}, it read {first}";
            string own = $"200 4 {ReadMessage.Hash("next"u8.ToArray())}";
            if (next.ToString() != own) return $"the answer behind is {own}, it read {next}";
        }
        else if (next.Error is null && next.Length != ReplayServer.NextBody.Length)
        {
            return $"behind an answer it gave up it read {next}";
        }

        return null;
    }
}
