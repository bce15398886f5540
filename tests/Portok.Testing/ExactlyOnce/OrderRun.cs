using System.Diagnostics;

namespace Portok.Testing;

/// <summary>Sends orders through a Portok to a <see cref="CountingApp"/>, and holds what was answered against what was carried out.</summary>
public sealed class OrderRun
{
    private readonly CountingApp _app;
    private readonly int[] _statuses;
    private int _next = -1;

    private OrderRun(CountingApp app, int orders)
    {
        _app = app;
        _statuses = new int[orders];
    }

    /// <summary>Sends all orders, each once, on a number of kept-alive connections, and judges.</summary>
    public static async Task<OrderReport> RunAsync(int port, CountingApp app, int orders, int connections)
    {
        var run = new OrderRun(app, orders);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => run.SendAsync(port)))).ConfigureAwait(false);
        return run.Judge(connections, Stopwatch.GetElapsedTime(start));
    }

    private async Task SendAsync(int port)
    {
        RawClient? client = null;
        try
        {
            while (Interlocked.Increment(ref _next) is var id && id < _statuses.Length)
            {
                client ??= await RawClient.ConnectAsync(port, keepAll: false).ConfigureAwait(false);
                try
                {
                    WireMessage answer = await client.AskAsync(new Order(id).Request).ConfigureAwait(false);
                    _statuses[id] = answer.Status;
                    if (!answer.HasToken("Connection", "close")) continue;
                }
                catch (WireException)
                {
                    // No answer at all: status 0, which no claim allows.
                }

                await client.DisposeAsync().ConfigureAwait(false);
                client = null;
            }
        }
        finally
        {
            if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private OrderReport Judge(int connections, TimeSpan took)
    {
        var faults = new List<string>();
        int posts = 0, failed = 0, failedAndDone = 0, unseen = 0, repeated = 0;
        for (int id = 0; id < _statuses.Length; id++)
        {
            var order = new Order(id);
            int status = _statuses[id], times = _app.CarriedOut(id);
            string story = $"{order.Kind} {id}: answered {status}, carried out {times} times";
            if (order.IsPost)
            {
                posts++;
                if (times > 1 || status is not (200 or 502) || (status == 200 && times != 1)) faults.Add(story);
                if (status != 502) continue;
                failed++;
                failedAndDone += times;
                if (!_app.WasTakenByAClose(id)) unseen++;
            }
            else
            {
                if (status != 200 || times < 1) faults.Add(story);
                if (times > 1) repeated++;
            }
        }

        // The kernel resets what comes behind a hard close unseen: one request at most for each of those.
        long hard = _app.Closes(AppClose.ResetAtOnce) + _app.Closes(AppClose.ResetWhenIdle);
        if (unseen > hard) faults.Add($"{unseen} POSTs failed that no closing connection is known to have taken, with {hard} resets");
        var closes = Enum.GetValues<AppClose>().Skip(1).ToDictionary(kind => kind, _app.Closes);
        return new OrderReport(_statuses.Length, connections, posts, failed, failedAndDone, unseen, repeated, closes, took, faults);
    }
}

/// <summary>What an <see cref="OrderRun"/> found.</summary>
/// <param name="Orders">Requests sent.</param>
/// <param name="Connections">Client connections they were sent on.</param>
/// <param name="Posts">How many of them were POSTs.</param>
/// <param name="PostsFailed">POSTs answered 502.</param>
/// <param name="PostsFailedAndDone">Those of them that the app had carried out without answering.</param>
/// <param name="PostsFailedUnseen">Those of them that crossed with a reset, so that the app never saw them.</param>
/// <param name="IdempotentRepeated">Other requests that were carried out more than once, as they may be.</param>
/// <param name="Closes">Connections the app closed, by kind.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Faults">What must not have happened; empty when every claim held.</param>
public sealed record OrderReport(
    int Orders,
    int Connections,
    int Posts,
    int PostsFailed,
    int PostsFailedAndDone,
    int PostsFailedUnseen,
    int IdempotentRepeated,
    IReadOnlyDictionary<AppClose, long> Closes,
    TimeSpan Took,
    IReadOnlyList<string> Faults)
{
    /// <inheritdoc/>
    public override string ToString()
        => $"{Orders} requests on {Connections} connections in {Took.TotalSeconds:0.0} s, {Closes.Values.Sum()} connections closed by the app; "
            + $"{Posts} POSTs, {PostsFailed} answered 502 ({PostsFailedAndDone} of them carried out, {PostsFailedUnseen} lost with a reset), none twice; "
            + $"{Orders - Posts} idempotent requests, {IdempotentRepeated} carried out again, {Faults.Count} faults"
            + string.Concat(Faults.Take(20).Select(fault => "\n" + fault));
}
