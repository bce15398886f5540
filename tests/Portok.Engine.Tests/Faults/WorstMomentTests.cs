using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>The app gives up a kept-alive connection just when the next request is on its way over it (RFC 9112 9.3.1).</summary>
public sealed class WorstMomentTests
{
    private const string Head = "HEAD /next HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Bare = "POST /next HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    private const string Put = "PUT /next HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\norder";
    private const string Key = "POST /next HTTP/1.1\r\nHost: a\r\nIdempotency-Key: 1\r\nContent-Length: 5\r\n\r\norder";

    /// <summary>How the app gives it up.</summary>
    public enum Way
    {
        /// <summary>FIN, and it goes on reading.</summary>
        Fin,

        /// <summary>Closes both ways: bytes that come later are answered by RST.</summary>
        Close,

        /// <summary>RST.</summary>
        Reset,
    }

    /// <summary>When.</summary>
    public enum Moment
    {
        /// <summary>Right before Portok looks whether the connection is still good.</summary>
        BeforeTheLook,

        /// <summary>Between that look and the write.</summary>
        BeforeTheWrite,

        /// <summary>The app has read the first byte.</summary>
        FirstByteRead,

        /// <summary>The app has read the head.</summary>
        HeadRead,

        /// <summary>The app has read all of it.</summary>
        AllRead,
    }

    public static TheoryData<Way, Moment> Cases
        => [.. Enum.GetValues<Way>().SelectMany(way => Enum.GetValues<Moment>().Select(moment => (way, moment)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task IdempotentRequests_AreAnswered_OnceMoreOnAFreshConnection(Way way, Moment moment)
    {
        foreach (string request in new[] { Conversations.Get("/next"), Head, Put, "DELETE /next HTTP/1.1\r\nHost: a\r\n\r\n" })
        {
            // Nobody looks before such a request: it may be repeated.
            if (moment == Moment.BeforeTheLook) continue;
            (int status, int connections) = await AskAsync(request, way, moment);
            status.ShouldBe(200, request);
            connections.ShouldBe(2, request);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Posts_AreNeverSentTwice_AndAnsweredWhereNothingOfThemWasTaken(Way way, Moment moment)
    {
        foreach (string request in new[] { Conversations.Post("/next", "order"), Bare, Conversations.Chunked("/next", "or", "der"), Key })
        {
            (int status, int connections) = await AskAsync(request, way, moment);
            // Seen by the look, or refused by the socket: not one byte has left. Everything else may have been carried out.
            bool nothingTaken = moment == Moment.BeforeTheLook || (moment == Moment.BeforeTheWrite && way == Way.Reset);
            status.ShouldBe(nothingTaken ? 200 : 502, request);
            connections.ShouldBe(nothingTaken ? 2 : 1, request);
        }
    }

    /// <summary>Asks twice over one connection, which the app gives up at the second request.</summary>
    /// <returns>The second answer's status, and how many connections the app saw for both.</returns>
    private static async Task<(int Status, int Connections)> AskAsync(string request, Way way, Moment moment)
    {
        AppConnection? first = null;
        using var over = new SemaphoreSlim(0);
        int connections = 0;
        await using ScriptedApp app = ScriptedApp.Start(
            TunnelNeighbour.Beside(async (connection, number) =>
            {
                Interlocked.Increment(ref connections);
                if (number > 0)
                {
                    await Scripts.Always(Scripts.Ok(request.StartsWith("HEAD", StringComparison.Ordinal) ? "" : "again"))(connection);
                    return;
                }

                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("first"));
                // Not before the send has returned: a close in the middle of it is a reset.
                Volatile.Write(ref first, connection);
                int read = moment switch
                {
                    Moment.FirstByteRead => 1,
                    Moment.HeadRead => request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4,
                    Moment.AllRead => 0,
                    _ => -1,
                };
                if (read > 0) await connection.ReadExactlyAsync(read);
                else if (read == 0) await connection.ReadRequestAsync();
                if (read >= 0) GiveUp(connection, way);
                await over.WaitAsync(Patience.Long);
            }),
            new ScriptedAppOptions { HealthPath = null });
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using TunnelNeighbour neighbour = await TunnelNeighbour.OpenAsync(engine);
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/first"))).Text.ShouldBe("first");
        await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsIdle == 1 && Volatile.Read(ref first) is not null);
        int given = 0;
        // On the reactor's thread: no event can tell of it in between.
        void Now() => _ = Interlocked.Exchange(ref given, 1) == 0 && GiveUp(first!, way);
        if (moment == Moment.BeforeTheLook) calls.OnPeek = _ => Then(Now);
        if (moment == Moment.BeforeTheWrite) calls.OnSend = (fd, _) => calls.IsUpstream(fd) ? Then(Now) : null;
        int status = (await client.AskAsync(request)).Status;
        calls.OnPeek = null;
        calls.OnSend = null;
        int seen = Volatile.Read(ref connections);
        over.Release();
        // The client's connection has not suffered.
        (await client.AskAsync(Conversations.Get("/third"))).Status.ShouldBe(200);
        return (status, seen);
    }

    private static Portok.Linux.SysResult? Then(Action fault)
    {
        fault();
        return null;
    }

    private static bool GiveUp(AppConnection connection, Way way)
    {
        switch (way)
        {
            case Way.Fin: connection.HalfClose(); break;
            case Way.Close: connection.Close(); break;
            default: connection.Reset(); break;
        }

        return true;
    }
}
