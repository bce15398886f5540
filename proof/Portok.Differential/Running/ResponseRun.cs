using System.Text;
using Portok.Differential.Cases;
using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>One response case, in one split, on one way; and then another request, which must get its own answer.</summary>
internal static class ResponseRun
{
    private static readonly byte[] NextRequest = Encoding.ASCII.GetBytes("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");

    public static async Task<Outcome> RunAsync(Way way, Case scripted, Split split, int patience)
    {
        string[] methods = [MessageReader.Request(scripted.Request)!.Method];
        way.Origin.Begin(new OriginScript(scripted.Bytes, split.Cuts, scripted.Then));
        using RawConnection client = await RawConnection.OpenAsync(way.Port);
        await client.SendAsync(scripted.Request, []);
        await Settling.WaitAsync(client, way.Origin, bytes => HasFinal(bytes, methods), patience);

        byte[] received = client.Received.From(0);
        Ending ending = client.Ending;
        IReadOnlyList<Message> answers = MessageReader.Responses(received, methods, ending == Ending.Closed);
        bool canGoOn = ending == Ending.Open && answers is [.., { IsComplete: true, Framing: not Framing.Tunnel } last] && last.Status >= 200;
        string next = canGoOn ? await AskNextAsync(way, client, patience) : await AskOnFreshAsync(way, client, patience);
        IReadOnlyList<OriginExchange> exchanges = way.Origin.End(closeAll: true);
        int? scriptedOn = exchanges.FirstOrDefault(exchange => exchange.Answered)?.Connection;
        return new Outcome
        {
            Words = Outcome.WordsOf(answers, ending, tellRelayed: false),
            Answers = answers,
            Ending = ending,
            Exchanges = exchanges,
            Received = received,
            Next = next,
            Reused = exchanges.Any(exchange => exchange.Message?.Target == "/next" && exchange.Connection == scriptedOn),
        };
    }

    private static bool HasFinal(byte[] bytes, string[] methods) =>
        MessageReader.Responses(bytes, methods, ended: false).Any(answer => answer.IsComplete && answer.Status is 101 or >= 200);

    private static async Task<string> AskOnFreshAsync(Way way, RawConnection first, int patience)
    {
        first.Dispose();
        using RawConnection fresh = await RawConnection.OpenAsync(way.Port);
        return await AskNextAsync(way, fresh, patience);
    }

    /// <returns>"own", or what was wrong with the answer.</returns>
    private static async Task<string> AskNextAsync(Way way, RawConnection client, int patience)
    {
        int before = client.Received.Length;
        await client.SendAsync(NextRequest, []);
        client.Received.Touch();
        await Settling.WaitAsync(client, way.Origin, bytes => HasFinal(bytes[before..], ["GET"]), patience);
        Message? answer = MessageReader.Responses(client.Received.From(before), ["GET"], client.Ending == Ending.Closed).FirstOrDefault(message => message.Status >= 200);
        string own = $"GET {Convert.ToBase64String(Encoding.ASCII.GetBytes("/next"))} ";
        if (answer is null) return client.Ending == Ending.Open ? "none" : "closed";
        return answer.Field(RecordingOrigin.Mark)?.StartsWith(own, StringComparison.Ordinal) == true ? "own" : $"another's: {answer.Lines[0]}";
    }
}
