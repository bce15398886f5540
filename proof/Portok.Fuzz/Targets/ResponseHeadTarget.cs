using System.Text;
using Portok.Fuzz.Reference;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Response heads, as answers to what the first byte of the input says. Promises: as for request heads; and what is written
/// for the client frames the body in exactly one way.
/// </summary>
internal sealed class ResponseHeadTarget : IFuzzTarget
{
    private static readonly HeadLimits Limits = new(64 * 1024, ReferenceResponse.MaxFields);
    private static readonly (MethodKind Kind, string Name, bool Upgrade)[] Requests =
        [(MethodKind.Get, "GET", false), (MethodKind.Head, "HEAD", false), (MethodKind.Get, "GET", true), (MethodKind.Options, "OPTIONS", false)];

    private readonly ResponseHead _head = new(ReferenceResponse.MaxFields);
    private byte[] _written = new byte[ResponseRewriter.MaxLength(8 * 1024)];

    public string Name => "response-head";

    public IEnumerable<byte[]> Seeds { get; } = [.. new[]
    {
        "0HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\n",
        "0HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive, X-A\r\nKeep-Alive: timeout=5\r\nX-A: 1\r\nTrailer: t\r\n\r\n",
        "1HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n",
        "2HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "0HTTP/1.0 304 Not Modified\r\nContent-Length: 0010\r\n\r\n",
        "0HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n",
        "3HTTP/1.1 204\r\nAllow: GET\r\n\r\n",
    }.Select(Encoding.Latin1.GetBytes)];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty) return;
        (MethodKind kind, string method, bool upgrade) = Requests[input[0] % Requests.Length];
        input = input[1..];
        if (HeadSplits.FindEnd(input, Limits, out int length) != ParseStatus.Complete) return;

        ReadOnlySpan<byte> head = input[..length];
        RejectReason reason = ResponseHeadParser.Parse(head, kind, upgrade, _head);
        ReferenceResponse? reference = ReferenceResponse.Parse(head, method, upgrade);
        BrokenPromiseException.Unless((reason == RejectReason.None) == (reference is not null), $"{reason}, but the reference {(reference is null ? "refuses" : "takes")} it");
        if (reference is null) return;

        BrokenPromiseException.Unless(RejectReasons.ForResponse(reason) is not RejectReason.HeadTooLarge, "a client's reason for an app's fault");
        BrokenPromiseException.Unless(_head.Status == reference.Status && _head.ContentLength == reference.ContentLength, "status or length");
        BrokenPromiseException.Unless(_head.Framing.ToString() == (reference.Framing == ReferenceFraming.Length ? nameof(BodyFraming.ContentLength) : reference.Framing.ToString()), "framing");

        Rewrite(head, reference, method, upgrade, ResponseBodyChange.None, reference.Framing);
        if (reference.Framing == ReferenceFraming.UntilClose) Rewrite(head, reference, method, upgrade, ResponseBodyChange.AddChunked, ReferenceFraming.Chunked);
        if (reference.Framing == ReferenceFraming.Chunked) Rewrite(head, reference, method, upgrade, ResponseBodyChange.StripChunked, ReferenceFraming.UntilClose);
    }

    private void Rewrite(ReadOnlySpan<byte> head, ReferenceResponse reference, string method, bool upgrade, ResponseBodyChange change, ReferenceFraming framing)
    {
        var rewrite = new ResponseRewrite { BodyChange = change, CloseClient = framing == ReferenceFraming.UntilClose, RelayUpgrade = reference.Status == 101 };
        if (_written.Length < ResponseRewriter.MaxLength(head.Length)) _written = new byte[ResponseRewriter.MaxLength(head.Length)];
        ReadOnlySpan<byte> written = _written.AsSpan(0, ResponseRewriter.Write(_head, head, in rewrite, _written));

        BrokenPromiseException.Unless(ReferenceHead.FindEnd(written) == written.Length, "what is written is no whole head");
        ReferenceResponse? second = ReferenceResponse.Parse(written, method, upgrade);
        if (second is null)
        {
            BrokenPromiseException.Unless(reference.Fields.Count >= ReferenceResponse.MaxFields, "the reference refuses what is written");
            return;
        }

        BrokenPromiseException.Unless(second.Status == reference.Status && !second.IsHttp10, "status or version");
        BrokenPromiseException.Unless(second.Framing == framing, $"framed {second.Framing}, not {framing}");
        BrokenPromiseException.Unless(framing != ReferenceFraming.Length || second.ContentLength == reference.ContentLength, "the length has changed");
        BrokenPromiseException.Unless(second.Status is >= 200 and not 204 || second.ContentLength < 0, "a Content-Length where none may stand");
        FieldPromises.OfResponse(reference, second);
    }
}
