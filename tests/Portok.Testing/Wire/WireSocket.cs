using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>
/// One TCP connection, read and written by exact bytes. Every wait is bounded; a wait in vain fails with the bytes received so
/// far. One reader and one writer at a time; they may be different tasks.
/// </summary>
public class WireSocket : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly WireBuffer _buffer;

    /// <param name="socket">A connected stream socket; owned and closed by this object.</param>
    /// <param name="keepAll">Keep every byte received for <see cref="Received"/>; false for long transfers.</param>
    public WireSocket(Socket socket, bool keepAll = true)
    {
        _socket = socket;
        if (socket.ProtocolType == ProtocolType.Tcp)
            _socket.NoDelay = true;
        _buffer = new WireBuffer(keepAll);
    }

    /// <summary>Longest wait of one operation.</summary>
    public TimeSpan Wait { get; set; } = Patience.Normal;

    /// <summary>How the other side ended, as far as reading has seen.</summary>
    public WireEnd End { get; private set; }

    /// <summary>The other side's FIN has arrived and nothing is left to read, whether or not anybody has read that far.</summary>
    public bool OtherSideHasEnded
    {
        get
        {
            try
            {
                return End != WireEnd.Open || (_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }
    }

    /// <summary>Every byte received so far, those already read included.</summary>
    public byte[] Received => _buffer.Everything();

    /// <summary>Number of bytes received so far.</summary>
    public long ReceivedCount => _buffer.TotalCount;

    /// <summary>The local port of the connection.</summary>
    public int LocalPort => ((System.Net.IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Sends text, one byte a character.</summary>
    public Task SendAsync(string text) => SendAsync(Latin1.Bytes(text));

    /// <summary>Sends all of the bytes.</summary>
    /// <exception cref="WireException">The other side took too long to read or has reset the connection.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var timeout = new CancellationTokenSource(Wait);
        int sent = 0;
        try
        {
            while (sent < bytes.Length)
                sent += await _socket.SendAsync(bytes[sent..], SocketFlags.None, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault)
        {
            throw new WireException($"Only {sent} of {bytes.Length} bytes could be sent in {Wait.TotalSeconds:0.#} s. {Diagnosis()}", fault);
        }
        catch (SocketException fault)
        {
            throw new WireException($"Sending failed after {sent} of {bytes.Length} bytes: {fault.SocketErrorCode}. {Diagnosis()}", fault);
        }
    }

    /// <summary>Sends until the other side has read nothing for the given time, and says how many bytes it took.</summary>
    /// <param name="block">Sent again and again.</param>
    /// <param name="most">Stops at this many bytes.</param>
    /// <param name="stalled">No byte taken in this time means that the other side has stopped reading.</param>
    public async Task<long> SendUntilStalledAsync(ReadOnlyMemory<byte> block, long most, TimeSpan stalled)
    {
        long sent = 0;
        while (sent < most)
        {
            using var timeout = new CancellationTokenSource(stalled);
            try
            {
                sent += await _socket.SendAsync(block, SocketFlags.None, timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return sent;
            }
        }

        return sent;
    }

    /// <summary>Sends one byte at a time, each in a segment of its own as far as the kernel lets.</summary>
    public async Task DripAsync(string text)
    {
        byte[] bytes = Latin1.Bytes(text);
        for (int index = 0; index < bytes.Length; index++)
        {
            await SendAsync(bytes.AsMemory(index, 1)).ConfigureAwait(false);
            await Task.Yield();
        }
    }

    /// <summary>Sends FIN; reading goes on.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with RST instead of FIN.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>Closes both directions; FIN, unless there are unread bytes.</summary>
    public void Close() => _socket.Close();

    /// <summary>Reads exactly that many bytes.</summary>
    /// <exception cref="WireException">Fewer came.</exception>
    public async Task<byte[]> ReadExactlyAsync(int count)
    {
        using CancellationTokenSource timeout = new(Wait);
        while (_buffer.Count < count)
            await NeedMoreAsync($"{count} bytes", timeout.Token).ConfigureAwait(false);
        return _buffer.Take(count);
    }

    /// <summary>Reads through the given text.</summary>
    /// <returns>Everything up to and with it.</returns>
    /// <exception cref="WireException">It did not come.</exception>
    public async Task<string> ReadThroughAsync(string mark)
    {
        byte[] wanted = Latin1.Bytes(mark);
        using CancellationTokenSource timeout = new(Wait);
        int at;
        while ((at = _buffer.Unread.IndexOf(wanted)) < 0)
            await NeedMoreAsync($"text up to {Latin1.Show(wanted)}", timeout.Token).ConfigureAwait(false);
        return Latin1.Text(_buffer.Take(at + wanted.Length));
    }

    /// <summary>Reads a head through its empty line (CRLFCRLF).</summary>
    public Task<string> ReadHeadAsync() => ReadThroughAsync("\r\n\r\n");

    /// <summary>Looks at the next bytes without reading them away; fewer than asked for at the end of the stream.</summary>
    public async Task<byte[]> PeekAsync(int count)
    {
        using CancellationTokenSource timeout = new(Wait);
        while (_buffer.Count < count && await FillAsync($"{count} bytes", timeout.Token, most: count - _buffer.Count).ConfigureAwait(false))
        {
        }

        return _buffer.Unread[..Math.Min(count, _buffer.Count)].ToArray();
    }

    /// <summary>Reads whatever comes next, at least one byte; empty at the end of the stream.</summary>
    public async Task<byte[]> ReadSomeAsync()
    {
        using CancellationTokenSource timeout = new(Wait);
        if (_buffer.Count == 0)
            await FillAsync("any byte", timeout.Token).ConfigureAwait(false);
        return _buffer.Take(_buffer.Count);
    }

    /// <summary>Reads until the other side ends; <see cref="End"/> then says how.</summary>
    /// <returns>What was not yet read.</returns>
    /// <exception cref="WireException">It did not end in time.</exception>
    public async Task<byte[]> ReadToEndAsync()
    {
        using CancellationTokenSource timeout = new(Wait);
        while (await FillAsync("the end of the stream", timeout.Token).ConfigureAwait(false))
        {
        }

        return _buffer.Take(_buffer.Count);
    }

    /// <summary>Whether nothing at all comes, neither a byte nor an end, for that long.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan span)
    {
        if (_buffer.Count > 0 || End != WireEnd.Open)
            return false;
        using CancellationTokenSource timeout = new(span);
        try
        {
            await FillAsync("silence", timeout.Token).ConfigureAwait(false);
            return false;
        }
        catch (WireException) when (timeout.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>Closes the connection.</summary>
    public virtual ValueTask DisposeAsync()
    {
        _socket.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads one message: head, then body by its framing (RFC 9112 6.3).</summary>
    /// <param name="endsAtClose">A message without framing goes on until the end of the stream (responses) or has no body (requests).</param>
    /// <param name="bodiless">No body whatever the head says.</param>
    private protected async Task<WireMessage> ReadMessageAsync(bool endsAtClose, Func<WireMessage, bool> bodiless)
    {
        string head = await ReadHeadAsync().ConfigureAwait(false);
        var message = new WireMessage(head, [], [], []);
        if (bodiless(message))
            return message;
        if (message.IsChunked)
            return await ReadChunksAsync(head).ConfigureAwait(false);
        byte[] body = [];
        if (message.ContentLength is { } length)
            body = await ReadExactlyAsync(checked((int)length)).ConfigureAwait(false);
        else if (endsAtClose)
            body = await ReadToEndAsync().ConfigureAwait(false);
        if (message.ContentLength is null && End == WireEnd.Reset && endsAtClose)
            throw new WireException($"Reset in the middle of a close-delimited body. {Diagnosis()}");
        return new WireMessage(head, body, body, []);
    }

    /// <summary>What was received, for the words of a failure.</summary>
    private protected string Diagnosis()
        => $"Other side: {End}. Received so far ({_buffer.TotalCount} bytes, {_buffer.Count} of them unread): {Latin1.Show(_buffer.Everything())}";

    private async Task<WireMessage> ReadChunksAsync(string head)
    {
        var raw = new MemoryStream();
        var body = new MemoryStream();
        while (true)
        {
            string line = await ReadThroughAsync("\r\n").ConfigureAwait(false);
            raw.Write(Latin1.Bytes(line));
            int size = Convert.ToInt32(line.Split(';', '\r')[0], 16);
            if (size == 0)
                break;
            byte[] data = await ReadExactlyAsync(size + 2).ConfigureAwait(false);
            raw.Write(data);
            body.Write(data, 0, size);
            if (data[size] != '\r' || data[size + 1] != '\n')
                throw new WireException($"A chunk of {size} bytes is not followed by CRLF. {Diagnosis()}");
        }

        var trailers = new System.Text.StringBuilder("\r\n");
        string trailer;
        do
        {
            trailer = await ReadThroughAsync("\r\n").ConfigureAwait(false);
            trailers.Append(trailer);
            raw.Write(Latin1.Bytes(trailer));
        }
        while (trailer.Length > 2);
        return new WireMessage(head, raw.ToArray(), body.ToArray(), WireMessage.ParseFields(trailers.ToString()));
    }

    private async Task NeedMoreAsync(string what, CancellationToken timeout)
    {
        if (!await FillAsync(what, timeout).ConfigureAwait(false))
            throw new WireException($"The stream ended while waiting for {what}. {Diagnosis()}");
    }

    private async Task<bool> FillAsync(string what, CancellationToken timeout, int most = int.MaxValue)
    {
        if (End != WireEnd.Open)
            return false;
        try
        {
            Memory<byte> room = _buffer.Room();
            int count = await _socket.ReceiveAsync(room[..Math.Min(most, room.Length)], SocketFlags.None, timeout).ConfigureAwait(false);
            if (count == 0)
                End = WireEnd.Closed;
            _buffer.Added(count);
        }
        catch (OperationCanceledException fault)
        {
            throw new WireException($"Waited {Wait.TotalSeconds:0.#} s in vain for {what}. {Diagnosis()}", fault);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            End = WireEnd.Reset;
        }
        catch (ObjectDisposedException fault)
        {
            throw new WireException($"This side closed the connection while waiting for {what}. {Diagnosis()}", fault);
        }
        catch (SocketException fault)
        {
            throw new WireException($"Receiving failed: {fault.SocketErrorCode}. {Diagnosis()}", fault);
        }

        return End == WireEnd.Open;
    }
}
