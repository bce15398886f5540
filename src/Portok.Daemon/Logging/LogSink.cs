namespace Portok.Daemon.Logging;

/// <summary>
/// Writes lines from a thread of its own, so that a slow disk or a stopped terminal never holds up who logs. The queue is
/// bounded: what does not fit is dropped, counted, and said as soon as the output takes lines again. Thread-safe.
/// </summary>
internal sealed class LogSink : IDisposable
{
    private const int Capacity = 4096;
    private const int BatchBytes = 64 * 1024;
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(1);

    private readonly Stream _output;
    private readonly Func<long, byte[]> _describeLoss;
    private readonly int _capacity;
    private readonly Queue<byte[]> _queue = new();
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly Thread _writer;
    private long _dropped;
    private long _droppedUnsaid;
    private bool _ended;

    /// <param name="output">Written to by one thread only; not closed.</param>
    /// <param name="describeLoss">Makes the line that says how many lines were dropped.</param>
    /// <param name="capacity">Most lines that wait.</param>
    public LogSink(Stream output, Func<long, byte[]> describeLoss, int capacity = Capacity)
    {
        _output = output;
        _describeLoss = describeLoss;
        _capacity = capacity;
        _writer = new Thread(WriteLoop) { IsBackground = true, Name = "log writer" };
        _writer.Start();
    }

    /// <summary>Lines dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Queues a line; returns at once.</summary>
    public void Write(byte[] line)
    {
        lock (_gate)
        {
            if (_ended || _queue.Count >= _capacity)
            {
                _dropped++;
                _droppedUnsaid++;
                return;
            }

            _queue.Enqueue(line);
        }

        _work.Set();
    }

    /// <summary>Writes what is queued, for at most a second, and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
        }

        _work.Set();
        if (_writer.Join(FlushTime))
        {
            _work.Dispose();
        }
    }

    private void WriteLoop()
    {
        byte[] batch = new byte[BatchBytes];
        while (true)
        {
            (int length, byte[]? oversized, bool ended) = Take(batch);
            try
            {
                if (oversized is not null)
                {
                    _output.Write(oversized);
                }
                else if (length > 0)
                {
                    _output.Write(batch, 0, length);
                }
                else if (ended)
                {
                    _output.Flush();
                    return;
                }
                else
                {
                    _work.WaitOne();
                }
            }
            catch (Exception problem) when (problem is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                // Nobody is left to tell: standard output is gone. The lines are lost, the traffic is not.
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    /// <summary>Moves as many whole lines as fit into the batch; a line larger than it comes alone.</summary>
    private (int Length, byte[]? Oversized, bool Ended) Take(byte[] batch)
    {
        lock (_gate)
        {
            int length = 0;
            while (_queue.TryPeek(out byte[]? line))
            {
                if (length + line.Length > batch.Length)
                {
                    return length > 0 ? (length, null, false) : (0, _queue.Dequeue(), false);
                }

                line.CopyTo(batch, length);
                length += line.Length;
                _queue.Dequeue();
            }

            if (length == 0 && _droppedUnsaid > 0)
            {
                byte[] loss = _describeLoss(_droppedUnsaid);
                _droppedUnsaid = 0;
                return (0, loss, false);
            }

            return (length, null, _ended);
        }
    }
}
