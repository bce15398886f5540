using System.Net;
using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>How a scripted app answers the probes of its health path.</summary>
public enum ProbeAnswer
{
    /// <summary>200.</summary>
    Healthy,

    /// <summary>500.</summary>
    Failing,

    /// <summary>Accepts and never answers.</summary>
    Hanging,

    /// <summary>Resets the connection.</summary>
    Resetting,
}

/// <summary>
/// An origin server on a bare socket at 127.0.0.1. It records the exact bytes that reach it, and answers each connection by a
/// script that may do anything a bad or good app does. Connections whose first request asks for the health path are probes:
/// they are answered apart and not handed to the script.
/// </summary>
public sealed class ScriptedApp : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<AppConnection, Task> _script;
    private readonly ScriptedAppOptions _options;
    private readonly List<AppConnection> _connections = [];
    private readonly List<AppConnection> _all = [];
    private readonly List<Task> _running = [];
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private int _probes;
    private readonly List<AppConnection> _open = [];
    private int _mostOpen;

    private ScriptedApp(Func<AppConnection, Task> script, ScriptedAppOptions options)
    {
        _script = script;
        _options = options;
        Probe = options.Probe;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (options.ReceiveBuffer is { } size)
            _listener.ReceiveBufferSize = size;
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        _listener.Listen(1024);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>How probes are answered from now on. Any thread.</summary>
    public ProbeAnswer Probe { get; set; }

    /// <summary>Probes seen so far.</summary>
    public int Probes => Volatile.Read(ref _probes);

    /// <summary>Connections that carry traffic and are open now.</summary>
    public int OpenNow
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    /// <summary>The most connections with traffic that were ever open at one time.</summary>
    public int MostOpen => Volatile.Read(ref _mostOpen);

    /// <summary>The connections with traffic in the order of their first byte.</summary>
    public IReadOnlyList<AppConnection> Connections
    {
        get
        {
            lock (_lock)
                return [.. _connections];
        }
    }

    /// <summary>All requests read by scripts, connection by connection.</summary>
    public IReadOnlyList<WireMessage> Requests => [.. Connections.SelectMany(connection => connection.Requests)];

    /// <summary>What ended scripts before their end.</summary>
    public IReadOnlyList<Exception> Faults => [.. Connections.Select(connection => connection.Fault).OfType<Exception>()];

    /// <summary>Starts an app.</summary>
    /// <param name="script">Runs once for each connection with traffic; the connection is closed at its end.</param>
    /// <param name="options">Ports, buffers, probes.</param>
    public static ScriptedApp Start(Func<AppConnection, Task> script, ScriptedAppOptions? options = null)
        => new(script, options ?? new ScriptedAppOptions());

    /// <summary>Waits for the connection with that number, counted from 0.</summary>
    public async Task<AppConnection> ConnectionAsync(int index = 0)
    {
        await Poll.UntilAsync(() => Connections.Count > index, what: $"connection {index} at the app on port {Port}").ConfigureAwait(false);
        return Connections[index];
    }

    /// <summary>Waits until a request with that number, counted from 0 over all connections, was read, and gives it.</summary>
    public async Task<WireMessage> RequestAsync(int index = 0)
    {
        await Poll.UntilAsync(() => Requests.Count > index, what: $"request {index} at the app on port {Port}").ConfigureAwait(false);
        return Requests[index];
    }

    /// <summary>Stops listening: further connections are refused; open ones go on.</summary>
    public void StopListening() => _listener.Dispose();

    /// <summary>Stops listening, closes every connection and waits for the scripts to end.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        Task[] running;
        lock (_lock)
        {
            foreach (AppConnection connection in _all)
                connection.Close();
            running = [.. _running];
        }

        await Task.WhenAll(running).WaitAsync(Patience.Long).ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }

            var connection = new AppConnection(socket, _options.KeepAll);
            lock (_lock)
            {
                _all.Add(connection);
                _running.RemoveAll(task => task.IsCompleted);
                _running.Add(Task.Run(() => ServeAsync(connection)));
            }
        }
    }

    private async Task ServeAsync(AppConnection connection)
    {
        bool isTraffic = false;
        try
        {
            connection.Wait = _options.Wait;
            if (_options.HealthPath is not null && await IsProbeAsync(connection).ConfigureAwait(false))
            {
                await AnswerProbeAsync(connection).ConfigureAwait(false);
                return;
            }

            isTraffic = true;
            var listed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task script = RunScriptAsync(connection, listed.Task);
            connection.Done = script;
            lock (_lock)
            {
                _connections.Add(connection);
                _open.Add(connection);
                // One whose FIN is here is not open any more, even if its script has not come to see it.
                _mostOpen = Math.Max(_mostOpen, _open.Count(one => one == connection || !one.OtherSideHasEnded));
            }

            listed.SetResult();
            await script.ConfigureAwait(false);
        }
        catch (WireException)
        {
            // A connection that ended before its first byte is nobody's fault: pools may open some in advance.
        }
        finally
        {
            lock (_lock)
            {
                // Not while it is being counted above: .NET closes a socket that is in use at the moment by RST.
                connection.Close();
                _all.Remove(connection);
                if (isTraffic)
                    _open.Remove(connection);
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RunScriptAsync(AppConnection connection, Task listed)
    {
        // The connection is on the list before the script may look at the app, or a test at what the script has done.
        await listed.ConfigureAwait(false);
        try
        {
            await _script(connection).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            connection.Fault = fault;
        }
    }

    private async Task<bool> IsProbeAsync(AppConnection connection)
    {
        byte[] wanted = Latin1.Bytes($"GET {_options.HealthPath} ");
        for (int count = 1; count <= wanted.Length; count++)
        {
            byte[] start = await connection.PeekAsync(count).ConfigureAwait(false);
            if (start.Length < count || start[count - 1] != wanted[count - 1])
                return false;
        }

        return true;
    }

    private async Task AnswerProbeAsync(AppConnection connection)
    {
        Interlocked.Increment(ref _probes);
        await connection.ReadHeadAsync().ConfigureAwait(false);
        switch (Probe)
        {
            case ProbeAnswer.Healthy:
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok").ConfigureAwait(false);
                break;
            case ProbeAnswer.Failing:
                await connection.SendAsync("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbad").ConfigureAwait(false);
                break;
            case ProbeAnswer.Resetting:
                connection.Reset();
                break;
            default:
                await connection.StallAsync().ConfigureAwait(false);
                break;
        }
    }
}

/// <summary>What a <see cref="ScriptedApp"/> is built with.</summary>
public sealed record ScriptedAppOptions
{
    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The path of probes; null hands every connection to the script, before its first byte.</summary>
    public string? HealthPath { get; init; } = "/health";

    /// <summary>How probes are answered at first.</summary>
    public ProbeAnswer Probe { get; init; }

    /// <summary>SO_RCVBUF of its connections in bytes; the system's when null.</summary>
    public int? ReceiveBuffer { get; init; }

    /// <summary>Keep every byte received for <see cref="WireSocket.Received"/>.</summary>
    public bool KeepAll { get; init; } = true;

    /// <summary>Longest wait of one operation of a script.</summary>
    public TimeSpan Wait { get; init; } = Patience.Long;
}
