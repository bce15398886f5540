using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class MetricsCommandTests
{
    private static async Task<CommandRun> RunAsync(string answer, params string[] more)
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => answer);
        CommandRun run = await CommandRun.InProcessAsync(["metrics", "--url", admin.Url, .. more]);
        admin.Requests[0].ShouldStartWith("GET /__metrics HTTP/1.1\r\n");
        return run;
    }

    [Fact]
    public async Task Metrics_ForPeople_IsAligned()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(200, Answers.Metrics));

        run.ExitCode.ShouldBe(0, run.Error);
        run.Text.ShouldBe("""
            Since          2024-01-15 09:30:00 (3 h ago)
            Requests       1,234,567 (12 in flight, at most 64)
            Rate           123.5/s over the last 60 s
            Answers        2xx 1,234,000, 3xx 12, 4xx 550, 5xx 5
            Latency        p50 0.42 ms, p90 1.1 ms, p99 12 ms, max 1.25 s
            Health         healthy, checked 2 s ago
            Proxy errors   5, the last 5 min ago, port 8081: connection_refused, nothing listens on 8081
            App sockets    77 created
            Connections    clients 64 open (128 accepted), app 12 open (10 idle)
            Tunnels        5 open, 17 in all
            Bytes          512 B from clients, 12.3 MiB to clients
            Cut off        0 requests, 1 tunnel at the end of a drain

            Port   State       Requests   In flight   Tunnels   Errors
            8081   active     1,000,000           9         5        0
            8080   draining     234,567           3         0        5
            """);
    }

    [Fact]
    public async Task Metrics_FastPath_SaysWhatIsNotCounted()
    {
        string body = Answers.Metrics
            .Replace("""{"1xx":0,"2xx":1234000,"3xx":12,"4xx":550,"5xx":5}""", "null", StringComparison.Ordinal)
            .Replace("123.45", "null", StringComparison.Ordinal)
            .Replace("""{"p50":0.42,"p90":1.1,"p95":2.5,"p99":12.4,"max":1250.5}""", "null", StringComparison.Ordinal);

        CommandRun run = await RunAsync(FakeAdmin.Json(200, body));

        run.Out.ShouldContain("Rate           not counted (FAST_PATH=1)\n");
        run.Out.ShouldContain("Answers        not counted (FAST_PATH=1)\n");
        run.Out.ShouldContain("Latency        not counted (FAST_PATH=1)\n");
    }

    [Theory]
    [InlineData("1234567", "no request in the last minute")]
    [InlineData("0", "no request yet")]
    public async Task Metrics_NoLatency_SaysWhy(string requests, string expected)
    {
        string body = Answers.Metrics
            .Replace("\"totalRequests\":1234567", $"\"totalRequests\":{requests}", StringComparison.Ordinal)
            .Replace("""{"p50":0.42,"p90":1.1,"p95":2.5,"p99":12.4,"max":1250.5}""", "null", StringComparison.Ordinal);

        CommandRun run = await RunAsync(FakeAdmin.Json(200, body));

        run.Out.ShouldContain($"Latency        {expected}\n");
    }

    [Fact]
    public async Task Metrics_Json_IsTheDaemonsDocumentUnchanged()
    {
        CommandRun run = await RunAsync(FakeAdmin.Json(200, Answers.Metrics), "--json");

        run.Out.ShouldBe(Answers.Metrics + "\n");
    }

    [Fact]
    public async Task Metrics_OnATerminal_FitsIn80Columns()
    {
        await using FakeAdmin admin = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.Metrics));

        CommandRun run = await CommandRun.InProcessAsync(["metrics", "--url", admin.Url], Env.Of(("TERM", "xterm"), ("NO_COLOR", "1")), terminal: true);

        run.Out.Split('\n').ShouldAllBe(line => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Length <= 80);
    }
}
