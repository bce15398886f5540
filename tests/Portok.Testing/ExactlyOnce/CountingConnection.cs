using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>A connection of a <see cref="CountingApp"/>: just enough HTTP to know where a request ends.</summary>
internal sealed class CountingConnection(Socket socket, CancellationToken ending) : IDisposable
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static readonly ReadOnlyMemory<byte> AnswerBytes = Latin1.Bytes(Answer);
    private readonly byte[] _buffer = new byte[4096];
    private int _count;

    /// <summary>Waits for bytes of a request, or the other side's end; nothing is read.</summary>
    /// <returns>False when nothing came in that time, or the end.</returns>
    public async Task<bool> HasBytesAsync(TimeSpan within)
    {
        if (_count > 0) return true;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ending);
        bound.CancelAfter(within);
        try
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, bound.Token).ConfigureAwait(false);
            return socket.Available > 0;
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The bytes that are there, as text.</summary>
    public string Peek()
    {
        var seen = new byte[512];
        int count = socket.Receive(seen, SocketFlags.Peek);
        return Latin1.Text(seen.AsSpan(0, count));
    }

    /// <summary>Reads that many bytes at most.</summary>
    public void ReadAway(int most) => _ = socket.Receive(_buffer.AsSpan(0, most));

    /// <summary>Reads a request whole.</summary>
    /// <returns>Its target; null when the other side has ended.</returns>
    public async Task<string?> ReadRequestAsync()
    {
        int head, end = 0;
        while ((head = Unread.IndexOf("\r\n\r\n"u8)) < 0 || (end = EndOf(head + 4)) < 0)
            if (!await FillAsync().ConfigureAwait(false)) return null;
        string target = Latin1.Text(Unread[..head]).Split(' ', 3)[1];
        _buffer.AsSpan(end, _count - end).CopyTo(_buffer);
        _count -= end;
        return target;
    }

    /// <summary>Sends the answer.</summary>
    public async Task AnswerAsync() => _ = await socket.SendAsync(AnswerBytes, SocketFlags.None, ending).ConfigureAwait(false);

    /// <summary>Sends FIN, and reads what still comes until the other side ends too.</summary>
    public async Task<string> FinishAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        while (_count < _buffer.Length && await FillAsync().ConfigureAwait(false))
        {
        }

        return Latin1.Text(Unread);
    }

    /// <summary>Closes with RST.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();

    private Span<byte> Unread => _buffer.AsSpan(0, _count);

    /// <summary>Where the request with that body ends; −1 when it is not all here.</summary>
    private int EndOf(int body)
    {
        string head = Latin1.Text(Unread[..body]);
        if (head.Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
        {
            int last = Unread[(body - 2)..].IndexOf("\r\n0\r\n\r\n"u8);
            return last < 0 ? -1 : body - 2 + last + 7;
        }

        int at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return body;
        string length = head[(at + 16)..head.IndexOf('\r', at)];
        int end = body + int.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
        return end <= _count ? end : -1;
    }

    private async Task<bool> FillAsync()
    {
        try
        {
            int count = await socket.ReceiveAsync(_buffer.AsMemory(_count), SocketFlags.None, ending).ConfigureAwait(false);
            _count += count;
            return count > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
