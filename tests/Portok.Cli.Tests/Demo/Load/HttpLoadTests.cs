using System.Net;
using Portok.Cli.Demo.Load;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Load;

public sealed class HttpLoadTests
{
    private static string Answer(string head, string version, string body) =>
        $"HTTP/1.1 200 OK\r\ncontent-length: {body.Length}\r\nx-app-version: {version}\r\nconnection: close\r\n\r\n{body}";

    /// <summary>Runs a load against a server until it has got enough answers.</summary>
    private static async Task<LoadStatistics> RunAsync(Func<string, string> answer, Func<LoadStatistics, bool> enough)
    {
        await using FakeAdmin server = FakeAdmin.OnTcp(answer);
        LoadStatistics statistics = new();
        HttpLoad load = new(new LoadPlan(new IPEndPoint(IPAddress.Loopback, server.Port), Connections: 2, RequestsPerSecond: 400), new VersionRule(Versions.V1), statistics);
        using CancellationTokenSource stop = new();
        Task running = load.RunAsync(stop.Token);
        using CancellationTokenSource bounded = new(TimeSpan.FromSeconds(30));
        while (!enough(statistics))
        {
            await Task.Delay(5, bounded.Token);
        }

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        return statistics;
    }

    private static string BodyFor(string request, string version) =>
        request.StartsWith("POST", StringComparison.Ordinal) ? request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..] : version;

    [Fact]
    public async Task Load_RightAnswers_LosesNothing()
    {
        LoadStatistics statistics = await RunAsync(r => Answer(r, "v1", BodyFor(r, "v1")), s => s.AnsweredByV1 > 30);

        statistics.Lost.ShouldBe(0);
        statistics.WrongVersion.ShouldBe(0);
        statistics.AnsweredByV2.ShouldBe(0);
        statistics.Latency.Snapshot().Count.ShouldBe(statistics.AnsweredByV1);
        statistics.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Load_AnswersOfTheOtherVersion_AreCountedAsWrong()
    {
        LoadStatistics statistics = await RunAsync(r => Answer(r, "v2", BodyFor(r, "v2")), s => s.AnsweredByV2 > 10);

        statistics.WrongVersion.ShouldBe(statistics.AnsweredByV2);
        statistics.Lost.ShouldBe(0);
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", "HTTP 502")]
    [InlineData("", "the connection was closed without an answer")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 50\r\nx-app-version: v1\r\n\r\nv1", "the connection was closed in the middle of an answer")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-app-version: v1\r\n\r\nv2", "HTTP 200 with a body that is not the one asked for")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nv1", "HTTP 200 with a body that is not the one asked for")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-app-version: v1\r\n\r\nv1v1", "bytes after the end of an answer")]
    public async Task Load_AnythingButARight200_IsALostRequest(string answer, string why)
    {
        LoadStatistics statistics = await RunAsync(_ => answer, s => s.Lost > 5);

        statistics.AnsweredByV1.ShouldBe(0);
        string.Join('\n', statistics.Faults).ShouldContain(why);
    }

    [Fact]
    public async Task Load_EchoThatIsNotWhatWasSent_IsALostRequest()
    {
        LoadStatistics statistics = await RunAsync(r => Answer(r, "v1", BodyFor(r, "v1").Replace("request", "REQUEST", StringComparison.Ordinal)), s => s.Lost > 1);

        statistics.AnsweredByV1.ShouldBeGreaterThan(0);
        string.Join('\n', statistics.Faults).ShouldContain("HTTP 200 with a body that is not the one asked for");
    }
}
