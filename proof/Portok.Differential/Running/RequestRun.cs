using Portok.Differential.Cases;
using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>One request case, in one split, on one way.</summary>
internal static class RequestRun
{
    public static async Task<Outcome> RunAsync(Way way, Case scripted, Split split, int patience)
    {
        int wanted = scripted.Expect[0] is "waits" or "closed" ? 0 : scripted.Expect[0].Split(' ').Length;
        string[] methods = [.. MessageReader.Requests(scripted.Bytes).Select(message => message.Method)];
        way.Origin.Begin();
        using RawConnection client = await RawConnection.OpenAsync(way.Port);
        await client.SendAsync(scripted.Bytes, split.Cuts);
        client.Received.Touch();
        way.Origin.MayGuess = true;
        if (scripted.HalfClose) client.HalfClose();
        await Settling.WaitAsync(client, way.Origin, bytes => wanted > 0 && Finals(bytes) >= wanted, patience);

        byte[] received = client.Received.From(0);
        Ending ending = client.Ending;
        IReadOnlyList<Message> answers = MessageReader.Responses(received, methods, ending == Ending.Closed);
        client.Dispose();
        return new Outcome
        {
            Words = Outcome.WordsOf(answers, ending, tellRelayed: true),
            Answers = answers,
            Ending = ending,
            Exchanges = way.Origin.End(closeAll: false),
            Received = received,
        };

        int Finals(byte[] bytes) => MessageReader.Responses(bytes, methods, ended: false).Count(answer => answer.IsComplete && answer.Status is 101 or >= 200);
    }
}
