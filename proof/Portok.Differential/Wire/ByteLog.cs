using System.Diagnostics;

namespace Portok.Differential.Wire;

/// <summary>Bytes that one task appends and another looks at, with the time of the last.</summary>
internal sealed class ByteLog
{
    private readonly List<byte> _bytes = [];
    private long _last = Stopwatch.GetTimestamp();

    public TimeSpan Quiet
    {
        get
        {
            lock (_bytes) return Stopwatch.GetElapsedTime(_last);
        }
    }

    public int Length
    {
        get
        {
            lock (_bytes) return _bytes.Count;
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_bytes)
        {
            _bytes.AddRange(bytes);
            _last = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Something other than bytes has happened.</summary>
    public void Touch()
    {
        lock (_bytes) _last = Stopwatch.GetTimestamp();
    }

    public byte[] From(int start)
    {
        lock (_bytes) return [.. _bytes.Skip(start)];
    }
}
