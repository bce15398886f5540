using System.Globalization;
using Portok.Testing;
using Shouldly;

namespace Portok.Engine.Tests.Support;

/// <summary>
/// A tunnel beside the connections of a test, on the same reactor: what is said in it comes back, before and after the fault.
/// Unlike a <see cref="Bystander"/> it takes no part in the pool, so a test knows which connection its own request goes on.
/// </summary>
internal sealed class TunnelNeighbour : IAsyncDisposable
{
    private const string Upgrade = "GET /~ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
    private readonly RawClient _client;
    private int _said;

    private TunnelNeighbour(RawClient client) => _client = client;

    /// <summary>Opens the tunnel; the app has to be one of <see cref="Beside"/>.</summary>
    internal static async Task<TunnelNeighbour> OpenAsync(RunningEngine engine)
    {
        RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Upgrade);
        (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 101 ");
        var neighbour = new TunnelNeighbour(client);
        await neighbour.NoticesNothingAsync();
        return neighbour;
    }

    /// <summary>A script that echoes the neighbour and does what the test says to others, counted from 0.</summary>
    internal static Func<AppConnection, Task> Beside(Func<AppConnection, int, Task> others)
    {
        int number = -1;
        return async connection =>
        {
            if (!Latin1.Text(await connection.PeekAsync(6)).StartsWith("GET /~", StringComparison.Ordinal))
                await others(connection, Interlocked.Increment(ref number));
            else
                await Scripts.UpgradeAndEcho("echo")(connection);
        };
    }

    /// <summary>Says something and waits for it to come back.</summary>
    internal async Task NoticesNothingAsync()
    {
        string words = string.Create(CultureInfo.InvariantCulture, $"words {_said++}");
        await _client.SendAsync(words);
        Latin1.Text(await _client.ReadExactlyAsync(words.Length)).ShouldBe(words, "the neighbour noticed something");
    }

    public async ValueTask DisposeAsync()
    {
        await NoticesNothingAsync();
        await _client.DisposeAsync();
    }
}
