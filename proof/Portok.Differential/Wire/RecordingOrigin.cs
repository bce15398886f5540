using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Portok.Differential.Wire;

/// <summary>
/// An app behind a proxy that keeps the exact bytes it got, by exchange. It answers when a request is complete by its lenient
/// judgement, or after a while when there is a head but no end; or it plays a script.
/// </summary>
internal sealed class RecordingOrigin : IDisposable
{
    /// <summary>Stands in every answer of this origin.</summary>
    public const string Mark = "X-Read";

    /// <summary>Where portokd asks whether this app is healthy.</summary>
    public const string ProbePath = "/probe-of-the-proxy";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly TcpListener _listener;
    private readonly Lock _lock = new();
    private readonly List<OriginConnection> _connections = [];
    private List<OriginExchange> _exchanges = [];
    private OriginScript? _script;
    private int _numbers;

    public RecordingOrigin(int port)
    {
        Port = port;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>All bytes of the case so far, for its time.</summary>
    public ByteLog Received { get; private set; } = new();

    /// <summary>The client has said all it will: a request without an end may be answered on a guess.</summary>
    public bool MayGuess { get; set; }

    /// <summary>A new case; with a script for its first request.</summary>
    public void Begin(OriginScript? script = null)
    {
        lock (_lock)
        {
            _exchanges = [];
            _script = script;
            Received = new ByteLog();
            MayGuess = false;
        }
    }

    /// <summary>The case has ended: what it got, the exchanges that did not end included. Connections with a rest are given up; all of them, when told so.</summary>
    public IReadOnlyList<OriginExchange> End(bool closeAll)
    {
        lock (_lock)
        {
            foreach (OriginConnection connection in _connections.ToArray())
            {
                if (connection.Pending.Length > 0)
                    _exchanges.Add(new OriginExchange(connection.Number, connection.Pending, MessageReader.Request(connection.Pending), Answered: false));
                if (!closeAll && connection.Pending.Length == 0 && !connection.IsBusy) continue;
                // What is known of it is told now: its end belongs to no other case.
                connection.Pending = [];
                connection.Socket.Dispose();
            }

            return _exchanges;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_lock)
        {
            foreach (OriginConnection connection in _connections) connection.Socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                socket.NoDelay = true;
                var connection = new OriginConnection(socket, Interlocked.Increment(ref _numbers));
                lock (_lock) _connections.Add(connection);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(OriginConnection connection)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var patience = new CancellationTokenSource();
                if (connection.Pending.Length > 0) patience.CancelAfter(Patience);
                int count;
                try
                {
                    count = await connection.Socket.ReceiveAsync(buffer, patience.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    // There is a head and no end: a guess. Not of an upload that may go on, which says how long it is.
                    if (!MayGuess) continue;
                    if (MessageReader.Request(connection.Pending) is { Framing: Framing.None or Framing.Chunked } guess)
                        await AnswerAsync(connection, guess, connection.Pending.Length).ConfigureAwait(false);
                    else await connection.Socket.ReceiveAsync(Memory<byte>.Empty).ConfigureAwait(false);
                    continue;
                }

                if (count == 0) break;
                Received.Add(buffer.AsSpan(0, count));
                lock (_lock) connection.Pending = [.. connection.Pending, .. buffer.AsSpan(0, count)];
                if (await AnswerProbeAsync(connection).ConfigureAwait(false)) continue;
                while (connection.Pending.Length > 0 && MessageReader.Request(connection.Pending) is { IsComplete: true } message)
                    await AnswerAsync(connection, message, message.Length).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The peer has gone, or the case has ended.
        }

        lock (_lock)
        {
            _connections.Remove(connection);
            if (connection.Pending.Length > 0)
                _exchanges.Add(new OriginExchange(connection.Number, connection.Pending, MessageReader.Request(connection.Pending), Answered: false));
        }

        Received.Touch();
        connection.Socket.Dispose();
    }

    /// <summary>A probe of portokd's is no part of a case.</summary>
    private async Task<bool> AnswerProbeAsync(OriginConnection connection)
    {
        if (!connection.Pending.AsSpan().StartsWith(Encoding.ASCII.GetBytes($"GET {ProbePath} "))) return false;
        if (MessageReader.Request(connection.Pending) is not { } probe) return true;
        lock (_lock) connection.Pending = [];
        await connection.Socket.SendAsync(Answer(probe)).ConfigureAwait(false);
        return true;
    }

    private async Task AnswerAsync(OriginConnection connection, Message message, int length)
    {
        OriginScript? script;
        lock (_lock)
        {
            _exchanges.Add(new OriginExchange(connection.Number, connection.Pending[..length], message, Answered: true));
            connection.Pending = connection.Pending[length..];
            connection.IsBusy = true;
            (script, _script) = (_script, null);
        }

        if (script is not null) await script.PlayAsync(connection.Socket, () => Received.Touch()).ConfigureAwait(false);
        else await connection.Socket.SendAsync(Answer(message)).ConfigureAwait(false);
        connection.IsBusy = false;
        Received.Touch();
    }

    /// <summary>The fixed answer; its field tells what was read, for those who judge.</summary>
    private static byte[] Answer(Message message)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(message.Body))[..16];
        string target = Convert.ToBase64String(Encoding.Latin1.GetBytes(message.Target));
        string body = message.Method == "HEAD" ? "" : "ok";
        return Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{Mark}: {message.Method} {target} {message.Body.Length} {hash}\r\nContent-Length: 2\r\n\r\n{body}");
    }

    private sealed class OriginConnection(Socket socket, int number)
    {
        public Socket Socket { get; } = socket;

        public int Number { get; } = number;

        /// <summary>Bytes that are part of no answered request.</summary>
        public byte[] Pending { get; set; } = [];

        public bool IsBusy { get; set; }
    }
}
