using BenchmarkDotNet.Attributes;
using Portok.Engine.Buffers;

namespace Portok.Bench;

/// <summary>Keeping bytes for a while: a request that may have to be sent again, a remainder. Nothing may be allocated.</summary>
[MemoryDiagnoser]
public class BufferBenchmarks
{
    private readonly BufferPool _pool = new();
    private readonly byte[] _bytes = new byte[64 * 1024];
    private readonly byte[] _target = new byte[64 * 1024];
    private KeptBytes _kept;

    /// <summary>How many bytes.</summary>
    [Params(128, 16 * 1024)]
    public int Bytes { get; set; }

    [Benchmark(Baseline = true)]
    public void OnlyCopy() => _bytes.AsSpan(0, Bytes).CopyTo(_target);

    [Benchmark]
    public byte[] RentAndReturn()
    {
        byte[] buffer = _pool.Rent(Bytes);
        _pool.Return(buffer);
        return buffer;
    }

    [Benchmark]
    public void KeepAndForget()
    {
        _kept.Append(_bytes.AsSpan(0, Bytes), _pool);
        _kept.Clear(_pool);
    }
}
