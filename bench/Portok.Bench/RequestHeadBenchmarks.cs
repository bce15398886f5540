using BenchmarkDotNet.Attributes;
using Portok.Http1;

namespace Portok.Bench;

/// <summary>A request head's way through the engine: found, parsed, written anew. Nothing may be allocated.</summary>
[MemoryDiagnoser]
public class RequestHeadBenchmarks
{
    private static readonly HeadLimits Limits = new(32 * 1024, 128);
    private readonly RequestHead _head = new(Limits.MaxFields);
    private byte[] _bytes = [];
    private byte[] _output = [];

    /// <summary>Which head.</summary>
    [Params("small", "browser")]
    public string Head { get; set; } = "small";

    [GlobalSetup]
    public void Prepare()
    {
        _bytes = Samples.RequestHead(Head);
        _output = new byte[RequestRewriter.MaxLength(_bytes.Length)];
        if (FindEnd() != _bytes.Length || Parse() != RejectReason.None || Rewrite() == 0)
        {
            throw new InvalidOperationException("The sample is no valid request.");
        }
    }

    [Benchmark]
    public int FindEnd()
    {
        int scanned = 0;
        return HeadScanner.FindEnd(_bytes, ref scanned, Limits, out int length, out _) == ParseStatus.Complete ? length : -1;
    }

    [Benchmark]
    public RejectReason Parse() => RequestHeadParser.Parse(_bytes, _head);

    [Benchmark]
    public int Rewrite() => RequestRewriter.Write(
        _head,
        _bytes,
        new RequestRewrite { ClientAddress = "203.0.113.9"u8, UpstreamPort = 8080, AddForwarded = true },
        _output);

    [Benchmark(Baseline = true)]
    public int Whole() => FindEnd() + (int)Parse() + Rewrite();
}
