using System.Text;
using Portok.Differential.Wire;

namespace Portok.Differential.Judges;

/// <summary>A real HTTP server that says of each request what it read: X-Read: METHOD base64(target) length hash.</summary>
/// <param name="name">Of the parser.</param>
/// <param name="port">Where it listens.</param>
internal sealed class OriginJudge(string name, int port)
{
    private static readonly byte[] Sentinel = Encoding.ASCII.GetBytes("GET /sentinel HTTP/1.1\r\nHost: sentinel\r\nConnection: close\r\n\r\n");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    public string Name => name;

    /// <summary>What the sentinel is read as by everybody who has found the end of what stands in front of it.</summary>
    public static string SentinelReading { get; } = ReadMessage.Describe(MessageReader.Request(Sentinel)!);

    /// <summary>Feeds it bytes, and behind them the sentinel when they end with a whole message.</summary>
    /// <param name="exchanges">What Portok forwarded.</param>
    /// <param name="endsWhole">There is nothing behind the last whole message.</param>
    public async Task<IReadOnlyList<ReadMessage>> ReadAsync(IReadOnlyList<OriginExchange> exchanges, bool endsWhole)
    {
        using RawConnection connection = await RawConnection.OpenAsync(port);
        int whole = 0;
        foreach (OriginExchange exchange in exchanges)
        {
            await connection.SendAsync(exchange.Bytes, []);
            connection.Received.Touch();
            if (exchange.Message is { IsComplete: true }) whole++;
            // Behind an offer to upgrade nothing may be sent before its answer; all else goes at once, as parsers find it hardest.
            if (exchange.Message?.Field("Upgrade") is not null) await WaitAsync(connection, whole, Patience);
        }

        if (endsWhole) await connection.SendAsync(Sentinel, []);
        connection.Received.Touch();
        // The sentinel asks to close, and a refusal closes. Where a message lacks its end, the whole ones are awaited, for a
        // half-close makes some servers drop what they have; then the end is made known, and nothing more must have been read.
        await WaitAsync(connection, endsWhole ? int.MaxValue : whole, Patience);
        if (!endsWhole)
        {
            connection.HalfClose();
            connection.Received.Touch();
            await WaitAsync(connection, int.MaxValue, Grace);
        }

        return Read(connection);
    }

    private static async Task WaitAsync(RawConnection connection, int answers, TimeSpan patience)
    {
        while (connection.Ending == Ending.Open && connection.Received.Quiet < patience && Read(connection).Count < answers)
            await Task.Delay(TimeSpan.FromMilliseconds(3));
    }

    private static List<ReadMessage> Read(RawConnection connection) =>
        [.. MessageReader.Responses(connection.Received.From(0), [], ended: true)
            .Where(answer => answer.Status >= 200)
            .Select(answer => new ReadMessage(answer.Field(RecordingOrigin.Mark), answer.Status))];
}
