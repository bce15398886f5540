using BenchmarkDotNet.Attributes;
using Portok.Http1;

namespace Portok.Bench;

/// <summary>A response head's way through the engine: found, parsed, written anew. Nothing may be allocated.</summary>
[MemoryDiagnoser]
public class ResponseHeadBenchmarks
{
    private static readonly HeadLimits Limits = new(64 * 1024, 512);
    private readonly ResponseHead _head = new(Limits.MaxFields);
    private readonly byte[] _bytes = Samples.Response;
    private readonly byte[] _output = new byte[ResponseRewriter.MaxLength(Samples.Response.Length)];

    [GlobalSetup]
    public void Prepare()
    {
        if (FindEnd() != _bytes.Length || Parse() != RejectReason.None || Rewrite() == 0)
        {
            throw new InvalidOperationException("The sample is no valid response.");
        }
    }

    [Benchmark]
    public int FindEnd()
    {
        int scanned = 0;
        return HeadScanner.FindEnd(_bytes, ref scanned, Limits, out int length, out _) == ParseStatus.Complete ? length : -1;
    }

    [Benchmark]
    public RejectReason Parse() => ResponseHeadParser.Parse(_bytes, MethodKind.Get, upgradeRelayed: false, _head);

    [Benchmark]
    public int Rewrite() => ResponseRewriter.Write(_head, _bytes, default, _output);

    [Benchmark(Baseline = true)]
    public int Whole() => FindEnd() + (int)Parse() + Rewrite();
}
