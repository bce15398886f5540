using System.Buffers;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http;

namespace Portok.Bench;

/// <summary>
/// The same request heads through Kestrel's parser, beside <see cref="RequestHeadBenchmarks"/>. Neither does quite what the
/// other does: Kestrel's hands each field on to a handler (here one that keeps nothing), ours also finds framing, Host and
/// hop-by-hop fields, and refuses more.
/// </summary>
[MemoryDiagnoser]
public class KestrelRequestHeadBenchmarks
{
    private readonly HttpParser<Handler> _parser = new(showErrorDetails: false);
    private ReadOnlySequence<byte> _bytes;

    /// <summary>Which head.</summary>
    [Params("small", "browser")]
    public string Head { get; set; } = "small";

    [GlobalSetup]
    public void Prepare()
    {
        byte[] head = Samples.RequestHead(Head);
        _bytes = new ReadOnlySequence<byte>(head);
        if (Parse() != head.Length) throw new InvalidOperationException("Kestrel's parser did not read the sample to its end.");
    }

    [Benchmark]
    public long Parse()
    {
        var handler = default(Handler);
        var reader = new SequenceReader<byte>(_bytes);
        _ = _parser.ParseRequestLine(handler, ref reader);
        _ = _parser.ParseHeaders(handler, ref reader);
        return reader.Consumed;
    }

    private readonly struct Handler : IHttpRequestLineHandler, IHttpHeadersHandler
    {
        public void OnStartLine(HttpVersionAndMethod versionAndMethod, TargetOffsetPathLength targetPath, Span<byte> startLine)
        {
        }

        public void OnHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
        }

        public void OnHeadersComplete(bool endStream)
        {
        }

        public void OnStaticIndexedHeader(int index)
        {
        }

        public void OnStaticIndexedHeader(int index, ReadOnlySpan<byte> value)
        {
        }
    }
}
