using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portok.Cli.Demo.Load;

/// <summary>How much load, and where to.</summary>
/// <param name="Target">The public port.</param>
/// <param name="Connections">Kept-alive connections, each with one request at a time.</param>
/// <param name="RequestsPerSecond">Over all connections, at a fixed pace: a slow answer does not slow the pace down.</param>
internal sealed record LoadPlan(IPEndPoint Target, int Connections, int RequestsPerSecond);

/// <summary>Steady requests over kept-alive connections: nine GET /version to one POST /echo.</summary>
internal sealed class HttpLoad(LoadPlan plan, VersionRule rule, LoadStatistics statistics)
{
    private const int PostEvery = 10;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>A worker later than this lets what it missed go: a machine too small for the pace would else owe more and more.</summary>
    private static readonly TimeSpan MostOwed = TimeSpan.FromMilliseconds(250);

    private readonly string _host = plan.Target.ToString();

    /// <summary>Runs until cancelled; requests under way at that moment get their answer first. Does not throw.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, plan.Connections).Select(i => Task.Run(() => WorkAsync(i, stop), CancellationToken.None)));

    private async Task WorkAsync(int worker, CancellationToken stop)
    {
        TimeSpan period = TimeSpan.FromSeconds((double)plan.Connections / plan.RequestsPerSecond);
        TimeSpan due = period * worker / plan.Connections;
        long started = Stopwatch.GetTimestamp();
        LoadConnection? connection = null;
        byte[] get = Encoding.ASCII.GetBytes($"GET /version HTTP/1.1\r\nHost: {_host}\r\n\r\n");
        try
        {
            for (int number = 0; !stop.IsCancellationRequested; number++, due += period)
            {
                TimeSpan early = due - Stopwatch.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, stop).ConfigureAwait(false);
                }
                else if (-early > MostOwed)
                {
                    due -= early;
                }

                // A request that had to wait for the answer before it counts from when it was due: the wait was not the load's choice.
                long from = early > TimeSpan.Zero ? Stopwatch.GetTimestamp() : started + (long)(due.TotalSeconds * Stopwatch.Frequency);
                byte[]? body = number % PostEvery == worker % PostEvery ? Encoding.ASCII.GetBytes($"worker {worker} request {number}") : null;
                connection = await RequestAsync(connection, body is null ? get : Post(body), body, from).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of the load.
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <returns>The connection for the next request; null when this one cannot be used again.</returns>
    private async Task<LoadConnection?> RequestAsync(LoadConnection? connection, ReadOnlyMemory<byte> request, byte[]? echo, long from)
    {
        using CancellationTokenSource bounded = new(AnswerWithin);
        int moment = 0;
        try
        {
            connection ??= await LoadConnection.OpenAsync(plan.Target, bounded.Token).ConfigureAwait(false);
            moment = rule.Moment;
            LoadResponse response = await connection.ExchangeAsync(request, bounded.Token).ConfigureAwait(false);
            Judge(response, connection.Body(response), echo, moment, Stopwatch.GetElapsedTime(from));
            if (!response.Close)
            {
                return connection;
            }
        }
        catch (OperationCanceledException)
        {
            statistics.LostRequest($"no answer within {AnswerWithin.TotalSeconds:0} s");
        }
        catch (SocketException failure)
        {
            statistics.LostRequest($"{(connection is null ? "connecting" : "the connection")} failed: {failure.Message}");
        }
        catch (InvalidDataException failure)
        {
            statistics.LostRequest(failure.Message);
        }

        connection?.Dispose();
        return null;
    }

    private void Judge(LoadResponse response, ReadOnlySpan<byte> body, byte[]? echo, int moment, TimeSpan latency)
    {
        if (response.Status != 200)
        {
            statistics.LostRequest($"HTTP {response.Status}");
        }
        else if (response.Version == Versions.None || (echo is null ? VersionRule.Named(body) != response.Version : !body.SequenceEqual(echo)))
        {
            statistics.LostRequest("HTTP 200 with a body that is not the one asked for");
        }
        else
        {
            statistics.Answered(response.Version, latency, rule.Allows(moment, response.Version));
        }
    }

    private byte[] Post(byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"POST /echo HTTP/1.1\r\nHost: {_host}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
}
