using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults.Kernel;

/// <summary>Every port that a connection to the app could come from is in use, and the kernel says so itself (EADDRNOTAVAIL).</summary>
public sealed class PortExhaustionTests
{
    // The listening sockets of app and engine take one each.
    private const int Ports = 6, Listening = 2, First = 40_000;

    [Fact]
    public async Task Connect_NoPortLeftForReal_IsA503_AndServedAgainWhenOneIsFree()
    {
        Stage? stage = await OwnNetwork.OpenAsync(First, First + Ports - 1, () => new Stage());
        Assert.SkipWhen(stage is null, "a network of one's own needs root");
        await using ScriptedApp app = stage.App;
        await using RunningEngine engine = stage.Engine;
        await using RawClient client = await stage.Client;
        RawClient[] others = await Task.WhenAll(stage.Others);
        others.Select(other => other.LocalPort).Concat([app.Port, engine.Port]).Order().ShouldBe(Enumerable.Range(First, Ports));
        for (int i = 0; i < 3; i++) (await client.AskAsync(Conversations.Post("/", "order"))).Status.ShouldBe(503);
        engine.Counters.LastProxyError.ShouldNotBeNull();
        app.Requests.ShouldBeEmpty();

        others[0].Reset();
        await Poll.UntilAsync(async () => (await client.AskAsync(Conversations.Post("/", "order"))).Status == 200);
        app.Requests.Count.ShouldBe(1);
        foreach (RawClient other in others) await other.DisposeAsync();
    }

    /// <summary>App, engine and a client, and others that have taken every port towards the app.</summary>
    private sealed class Stage
    {
        internal ScriptedApp App { get; }
        internal RunningEngine Engine { get; }
        internal Task<RawClient> Client { get; }
        internal Task<RawClient>[] Others { get; }

        internal Stage()
        {
            App = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")), new ScriptedAppOptions { HealthPath = null });
            Engine = RunningEngine.Start(App.Port);
            Client = Engine.ConnectAsync();
            Others = [.. Enumerable.Range(0, Ports - Listening).Select(_ => RawClient.ConnectAsync(App.Port))];
        }
    }
}
