using System.Globalization;
using System.Text;
using Portok.Testing;

namespace Portok.Soak.Traffic;

/// <summary>
/// Reads server-sent events: consecutive numbers of one app. A stream has no end of its own, so it is left by the client or
/// cut by Portok when the drain after a switch is over, and then without a final chunk, so that it does not look complete.
/// </summary>
internal sealed class EventStreamWorker(Shared shared, int seed)
{
    private readonly Random _random = new(seed);

    internal async Task RunAsync()
    {
        while (await shared.PauseAsync(_random, 1, 100))
        {
            int begun = shared.Versions.Now();
            try
            {
                await using RawClient client = await RawClient.ConnectAsync(shared.Port, keepAll: false);
                await client.SendAsync("GET /events?everyMs=50 HTTP/1.1\r\nHost: soak.test\r\nAccept: text/event-stream\r\n\r\n");
                await ReadAsync(client, begun);
            }
            catch (WireException fault)
            {
                shared.Tally.Fail("event stream", fault.Message[..Math.Min(400, fault.Message.Length)]);
            }
        }
    }

    private async Task ReadAsync(RawClient client, int begun)
    {
        string head = await client.ReadHeadAsync();
        string version = head.Contains("X-App-Version: a\r\n", StringComparison.OrdinalIgnoreCase) ? "a" : "b";
        if (!head.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) || !shared.Versions.IsRight(begun, version))
        {
            shared.Tally.Fail("event stream", $"begun with:\n{head}");
            return;
        }

        int events = _random.Next(5, 200);
        var unread = new StringBuilder();
        for (int number = 0; number < events && !shared.Stop.IsCancellationRequested; number++)
        {
            string wanted = string.Create(CultureInfo.InvariantCulture, $"data: {version} {number}\n\n");
            while (unread.Length < wanted.Length)
            {
                if (await ChunkAsync(client) is { } chunk) unread.Append(chunk);
                else
                {
                    Ended(begun, client.End);
                    return;
                }
            }

            if (!unread.ToString(0, wanted.Length).Equals(wanted, StringComparison.Ordinal))
            {
                shared.Tally.Fail("event stream", $"expected {wanted.Trim()} and got {unread}");
                return;
            }

            unread.Remove(0, wanted.Length);
            shared.Tally.Well("event", wanted.Length);
        }

        shared.Tally.Well("event stream left by the client");
    }

    private void Ended(int begun, WireEnd end)
    {
        if (end == WireEnd.Open) shared.Tally.Fail("event stream", "it was made to look complete");
        else if (shared.Versions.Now() > begun) shared.Tally.Well("event stream cut by a drain");
        else shared.Tally.Fail("event stream", "it ended without a switch since it was begun");
    }

    /// <summary>The data of the next chunk; null at the end of the stream.</summary>
    private static async Task<string?> ChunkAsync(RawClient client)
    {
        if ((await client.PeekAsync(1)).Length == 0) return null;
        string size = await client.ReadThroughAsync("\r\n");
        int count = int.Parse(size.AsSpan(0, size.Length - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return count == 0 ? null : Latin1.Text((await client.ReadExactlyAsync(count + 2)).AsSpan(0, count));
    }
}
