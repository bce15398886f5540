using BenchmarkDotNet.Attributes;
using Portok.Http1;

namespace Portok.Bench;

/// <summary>64 KiB of chunked body read and written anew in place. The copy that restores the input is measured beside it.</summary>
[MemoryDiagnoser]
public class ChunkRelayBenchmarks
{
    private const int DataBytes = 64 * 1024;
    private byte[] _body = [];
    private byte[] _window = [];

    /// <summary>Data bytes of each chunk.</summary>
    [Params(64, 1024, 16 * 1024)]
    public int Chunk { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _body = Samples.Chunked(DataBytes, Chunk);
        _window = new byte[ChunkedBody.Headroom + _body.Length];
        if (Relay() != DataBytes)
        {
            throw new InvalidOperationException("The sample is no valid chunked body.");
        }
    }

    [Benchmark(Baseline = true)]
    public void OnlyCopy() => _body.CopyTo(_window, ChunkedBody.Headroom);

    [Benchmark]
    public int Relay()
    {
        // Relaying happens in place, so each run needs the input anew.
        _body.CopyTo(_window, ChunkedBody.Headroom);
        var chunked = default(ChunkedBody);
        return chunked.Relay(_window, ChunkedBody.Headroom, _body.Length, ChunkedOutput.Chunked).DataBytes;
    }
}
