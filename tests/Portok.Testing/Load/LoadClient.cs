using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portok.Testing;

/// <summary>
/// Steady load over kept-alive connections: each sends one request after the other and checks every answer. Nothing is ever
/// tried again: what fails is counted.
/// </summary>
public sealed class LoadClient : IAsyncDisposable
{
    private readonly Func<Task<RawClient>> _connect;
    private readonly Func<Random, int, LoadRequest> _mix;
    private readonly ConcurrentDictionary<string, long> _okByKind = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _okByVersion = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _workers;
    private long _ok;
    private long _failed;
    private long _wrong;
    private long _reconnects;
    private long _longestTicks;
    private string? _firstFailure;

    private LoadClient(Func<Task<RawClient>> connect, int connections, VersionTimeline versions, Func<Random, int, LoadRequest> mix)
    {
        _connect = connect;
        _mix = mix;
        Versions = versions;
        _workers = [.. Enumerable.Range(0, connections).Select(number => Task.Run(() => WorkAsync(number)))];
    }

    /// <summary>What the load knows of switches; the test that switches tells it.</summary>
    public VersionTimeline Versions { get; }

    /// <summary>Requests answered whole and right so far.</summary>
    public long Ok => Interlocked.Read(ref _ok);

    /// <summary>Failed and wrong ones so far.</summary>
    public long Bad => Interlocked.Read(ref _failed) + Interlocked.Read(ref _wrong);

    /// <summary>Starts the load.</summary>
    /// <param name="port">Where it goes, at 127.0.0.1.</param>
    /// <param name="connections">Number of kept-alive connections.</param>
    /// <param name="version">The version active at the start.</param>
    /// <param name="mix">Makes each request from a random source and the number of the turn; <see cref="LoadRequest.Mixed"/> when null.</param>
    public static LoadClient Start(int port, int connections, string version, Func<Random, int, LoadRequest>? mix = null)
        => Start(() => RawClient.ConnectAsync(port, keepAll: false), connections, version, mix);

    /// <summary>Starts the load over connections made by the given call; a <see cref="WireException"/> of it counts as a failed request.</summary>
    /// <inheritdoc cref="Start(int, int, string, Func{Random, int, LoadRequest}?)"/>
    public static LoadClient Start(Func<Task<RawClient>> connect, int connections, string version, Func<Random, int, LoadRequest>? mix = null)
        => new(connect, connections, new VersionTimeline(version), mix ?? LoadRequest.Mixed);

    /// <summary>Waits until that many more requests were answered right.</summary>
    public Task FlowsAsync(int requests)
    {
        long wanted = Ok + requests;
        return Poll.UntilAsync(() => Ok >= wanted || Bad > 0, Patience.Long, $"{requests} more answers; {Report()}");
    }

    /// <summary>Switches by the given call and tells the load about it.</summary>
    /// <param name="version">The version that is to be active.</param>
    /// <param name="switchNow">Asks for the switch; returning means that it was acknowledged.</param>
    public async Task SwitchAsync(string version, Func<Task> switchNow)
    {
        Versions.Begins(version);
        await switchNow().ConfigureAwait(false);
        Versions.Acknowledged();
    }

    /// <summary>Lets every request that runs come to its end, and gives the counts.</summary>
    public async Task<LoadReport> StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).WaitAsync(Patience.Long).ConfigureAwait(false);
        return Report();
    }

    /// <summary>The counts so far.</summary>
    public LoadReport Report() => new(
        Ok,
        Interlocked.Read(ref _failed),
        Interlocked.Read(ref _wrong),
        Interlocked.Read(ref _reconnects),
        new Dictionary<string, long>(_okByKind, StringComparer.Ordinal),
        new Dictionary<string, long>(_okByVersion, StringComparer.Ordinal),
        TimeSpan.FromTicks(Interlocked.Read(ref _longestTicks)),
        Volatile.Read(ref _firstFailure));

    /// <summary>Stops the load.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync(int number)
    {
        var random = new Random(number);
        RawClient? client = null;
        for (int turn = number; !_stop.IsCancellationRequested; turn++)
        {
            LoadRequest request = _mix(random, turn);
            int begun = Versions.Now();
            long start = Stopwatch.GetTimestamp();
            try
            {
                client ??= await _connect().ConfigureAwait(false);
                WireMessage answer = await AskAsync(client, request).ConfigureAwait(false);
                Judge(request, answer, begun, Stopwatch.GetElapsedTime(start));
                if (answer.HasToken("Connection", "close"))
                {
                    Interlocked.Increment(ref _reconnects);
                    await client.DisposeAsync().ConfigureAwait(false);
                    client = null;
                }
            }
            catch (WireException fault)
            {
                Fail(ref _failed, $"connection {number}, turn {turn}, {request.Kind}: {fault.Message}");
                if (client is not null)
                    await client.DisposeAsync().ConfigureAwait(false);
                client = null;
            }
        }

        if (client is not null)
            await client.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<WireMessage> AskAsync(RawClient client, LoadRequest request)
    {
        foreach (byte[] piece in request.Pieces)
            await client.SendAsync(piece).ConfigureAwait(false);
        return await client.ReadResponseAsync().ConfigureAwait(false);
    }

    private void Judge(LoadRequest request, WireMessage answer, int begun, TimeSpan took)
    {
        string version = answer["X-App-Version"] ?? "none";
        if (answer.Status != 200 || !request.IsRight(answer.Body))
        {
            Fail(ref _failed, $"{request.Kind} {Latin1.Show(request.Pieces[0])} was answered {answer}");
        }
        else if (!Versions.IsRight(begun, version))
        {
            Fail(ref _wrong, $"{request.Kind} begun at {begun} was answered by {version}");
        }
        else
        {
            Interlocked.Increment(ref _ok);
            _okByKind.AddOrUpdate(request.Kind, 1, (_, count) => count + 1);
            _okByVersion.AddOrUpdate(version, 1, (_, count) => count + 1);
            InterlockedMax(ref _longestTicks, took.Ticks);
        }
    }

    private void Fail(ref long count, string what)
    {
        Interlocked.Increment(ref count);
        Interlocked.CompareExchange(ref _firstFailure, what, comparand: null);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        long seen = Interlocked.Read(ref target);
        while (value > seen)
        {
            long before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
