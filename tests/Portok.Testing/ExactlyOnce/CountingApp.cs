using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>
/// An app that counts how often each <see cref="Order"/> is carried out, and closes its kept-alive connections at random and
/// at bad moments. The first request of a connection is always answered: a second try on a fresh one gets its answer.
/// </summary>
public sealed class CountingApp : IAsyncDisposable
{
    private const int Choices = 9;
    private const int MostIdleMs = 4;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly int[] _carriedOut;
    private readonly bool[] _taken;
    private readonly long[] _closes = new long[Choices];
    private readonly int _closePercent;
    private readonly Task _accepting;
    private int _seed;

    private CountingApp(int orders, int closePercent, int seed)
    {
        _carriedOut = new int[orders];
        _taken = new bool[orders];
        _closePercent = closePercent;
        _seed = seed;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="orders">Orders there will be: ids from 0 to one less.</param>
    /// <param name="closePercent">How many answers of a hundred are followed by a close of some kind.</param>
    /// <param name="seed">Of the dice; connections draw in the order they come.</param>
    public static CountingApp Start(int orders, int closePercent = 25, int seed = 1) => new(orders, closePercent, seed);

    /// <summary>How often the order was carried out.</summary>
    public int CarriedOut(int id) => Volatile.Read(ref _carriedOut[id]);

    /// <summary>Whether bytes of the order were with a connection that the app was closing.</summary>
    public bool WasTakenByAClose(int id) => Volatile.Read(ref _taken[id]);

    /// <summary>How many connections were closed that way.</summary>
    public long Closes(AppClose kind) => Interlocked.Read(ref _closes[(int)kind]);

    /// <summary>Stops listening and ends every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync(_ending.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                var dice = new Random(Interlocked.Increment(ref _seed));
                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(Task.Run(() => ServeAsync(socket, dice)));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(Socket socket, Random dice)
    {
        using var connection = new CountingConnection(socket, _ending.Token);
        try
        {
            AppClose next = AppClose.Stays;
            while (await ServeOneAsync(connection, next, dice).ConfigureAwait(false))
            {
                next = dice.Next(100) < _closePercent ? (AppClose)dice.Next(1, Choices) : AppClose.Stays;
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other side has gone, or the run is over.
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> ServeOneAsync(CountingConnection connection, AppClose how, Random dice)
    {
        switch (how)
        {
            case AppClose.FinAtOnce or AppClose.ResetAtOnce:
                return await CloseAsync(connection, how).ConfigureAwait(false);
            case AppClose.FinWhenIdle or AppClose.ResetWhenIdle:
                if (!await connection.HasBytesAsync(TimeSpan.FromMilliseconds(dice.Next(MostIdleMs + 1))).ConfigureAwait(false))
                    return await CloseAsync(connection, how).ConfigureAwait(false);
                break;
            case AppClose.AtNextBytes or AppClose.InsideNextHead:
                if (!await connection.HasBytesAsync(Timeout.InfiniteTimeSpan).ConfigureAwait(false)) return false;
                NoteTaken(connection.Peek());
                if (how == AppClose.InsideNextHead) connection.ReadAway(dice.Next(1, 40));
                return await CloseAsync(connection, how).ConfigureAwait(false);
        }

        if (await connection.ReadRequestAsync().ConfigureAwait(false) is not { } target) return false;
        if (!int.TryParse(target.AsSpan(1), CultureInfo.InvariantCulture, out int id))
        {
            // A probe: healthy, and no order.
            await connection.AnswerAsync().ConfigureAwait(false);
            return true;
        }

        if (how is AppClose.InsteadOfCarryingOut or AppClose.InsteadOfAnswering)
        {
            Volatile.Write(ref _taken[id], true);
            if (how == AppClose.InsteadOfAnswering) Interlocked.Increment(ref _carriedOut[id]);
            return await CloseAsync(connection, how).ConfigureAwait(false);
        }

        Interlocked.Increment(ref _carriedOut[id]);
        await connection.AnswerAsync().ConfigureAwait(false);
        return true;
    }

    private async Task<bool> CloseAsync(CountingConnection connection, AppClose how)
    {
        Interlocked.Increment(ref _closes[(int)how]);
        if (how is AppClose.ResetAtOnce or AppClose.ResetWhenIdle or AppClose.InsteadOfCarryingOut)
        {
            connection.Reset();
        }
        else if (how is AppClose.FinAtOnce or AppClose.FinWhenIdle)
        {
            // Whatever has crossed with the FIN is looked at, so that it is known what this connection has taken.
            NoteTaken(await connection.FinishAsync().ConfigureAwait(false));
        }

        return false;
    }

    private void NoteTaken(string bytes)
    {
        string[] words = bytes.Split(' ', 3);
        if (words.Length == 3 && int.TryParse(words[1].AsSpan(1), CultureInfo.InvariantCulture, out int id)) Volatile.Write(ref _taken[id], true);
    }
}
