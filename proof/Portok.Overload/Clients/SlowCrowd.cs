using Portok.Proof;

namespace Portok.Overload.Clients;

/// <summary>
/// Clients that hold on to what they get for as long as they can: a head that never ends, a body that never ends, an answer
/// that is never read. Whoever is thrown out comes back. They live on a thread of their own until it is disposed.
/// </summary>
internal sealed class SlowCrowd : IAsyncDisposable
{
    private const double DripEveryMs = 1000;
    private const int SmallBuffer = 4096;

    private readonly SocketLoop _loop = new();
    private readonly int _port;
    private readonly List<SlowClient> _clients = [];
    private readonly TaskCompletionSource _there = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _living;
    private volatile bool _stop;
    private int _connected;

    private SlowCrowd(int port, int ofEach)
    {
        _port = port;
        foreach (SlowKind kind in Enum.GetValues<SlowKind>())
        {
            for (int i = 0; i < ofEach; i++) _clients.Add(new SlowClient(this, kind));
        }

        _living = Task.Factory.StartNew(Live, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    internal SocketLoop Loop => _loop;

    /// <summary>What has happened to them so far.</summary>
    internal SlowCounts Counts { get; } = new();

    /// <summary>Starts them; returns when all are connected and have begun.</summary>
    internal static async Task<SlowCrowd> StartAsync(int port, int ofEach)
    {
        var crowd = new SlowCrowd(port, ofEach);
        await crowd._there.Task.WaitAsync(Testing.Patience.Long);
        return crowd;
    }

    public async ValueTask DisposeAsync()
    {
        _stop = true;
        await _living;
        _loop.Dispose();
    }

    internal void OnBegun()
    {
        if (++_connected == _clients.Count) _there.TrySetResult();
    }

    internal void Connect(SlowClient client)
    {
        if (_stop) return;
        // Who will not read takes little: with the kernel's own sizes, thousands of them would first fill gigabytes of the memory
        // that all sockets of this machine share, and the load generator would be what is measured.
        Linux.Errno error = client.Kind == SlowKind.Reading ? _loop.Connect(_port, client, SmallBuffer) : _loop.Connect(_port, client);
        // Out of local ports or descriptors: it tries again, as they all do.
        if (error != Linux.Errno.None) _loop.At(SocketLoop.NowMs + DripEveryMs, () => Connect(client));
    }

    private void Live()
    {
        try
        {
            int next = 0, drip = 0;
            double start = SocketLoop.NowMs;
            void Turn()
            {
                // A few in every millisecond: in clumps they would be another kind of attack.
                for (int i = 0; i < 6 && next < _clients.Count; i++) Connect(_clients[next++]);
                double wanted = (SocketLoop.NowMs - start) / DripEveryMs * _clients.Count;
                for (; drip < wanted; drip++) _clients[drip % _clients.Count].Drip();
                if (!_stop) _loop.At(SocketLoop.NowMs + 1, Turn);
            }

            Turn();
            while (!_stop) _loop.RunUntil(() => _stop, TimeSpan.FromSeconds(1));
        }
        catch (Exception fault)
        {
            _there.TrySetException(fault);
            throw;
        }
    }
}
