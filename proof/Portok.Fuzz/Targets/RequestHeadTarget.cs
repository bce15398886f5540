using System.Text;
using Portok.Fuzz.Reference;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Request heads. Promises: the reads a head comes in do not matter; it is taken exactly when the plain reference takes it,
/// and read alike; what is written for the app is taken again, means the same, and holds nothing of one hop.
/// </summary>
internal sealed class RequestHeadTarget : IFuzzTarget
{
    private static readonly HeadLimits Limits = new(32 * 1024, ReferenceRequest.MaxFields);
    private readonly RequestHead _head = new(ReferenceRequest.MaxFields);
    private readonly RequestHead _again = new(ReferenceRequest.MaxFields + 8);
    private byte[] _written = new byte[RequestRewriter.MaxLength(8 * 1024)];

    public string Name => "request-head";

    public IEnumerable<byte[]> Seeds { get; } = [.. new[]
    {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /x?y=z HTTP/1.1\r\nHost: a.example:8080\r\nContent-Length: 5\r\nAccept: */*\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: [::1]:80\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\nConnection: TE\r\n\r\n",
        "GET http://b.example/p HTTP/1.1\r\nHost: a\r\nConnection: close, X-A\r\nX-A: 1\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 1\r\n\r\n",
        "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
        "\r\nGET /old HTTP/1.0\r\nConnection: keep-alive\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\nx-admin-token: t\r\n\r\n",
    }.Select(Encoding.Latin1.GetBytes)];

    public void Run(ReadOnlySpan<byte> input)
    {
        ParseStatus status = HeadSplits.FindEnd(input, Limits, out int length);
        int expected = ReferenceHead.FindEnd(input);
        if (status != ParseStatus.Complete)
        {
            BrokenPromiseException.Unless(expected < 0 || expected > Limits.MaxBytes || status == ParseStatus.Rejected && HasTwoEmptyLines(input), "a whole head was not found");
            return;
        }

        BrokenPromiseException.Unless(length == expected, $"the head ends at {expected}, not at {length}");
        ReadOnlySpan<byte> head = input[..length];
        RejectReason reason = RequestHeadParser.Parse(head, _head);
        ReferenceRequest? reference = ReferenceRequest.Parse(head);
        BrokenPromiseException.Unless((reason == RejectReason.None) == (reference is not null), $"{reason}, but the reference {(reference is null ? "refuses" : "takes")} it");
        if (reference is null) return;

        BrokenPromiseException.Unless(_head.Framing switch
        {
            BodyFraming.None => reference.Framing == ReferenceFraming.None,
            BodyFraming.ContentLength => reference.Framing == ReferenceFraming.Length && _head.ContentLength == reference.ContentLength,
            _ => reference.Framing == ReferenceFraming.Chunked,
        }, $"framing {_head.Framing}, the reference says {reference.Framing}");
        BrokenPromiseException.Unless(_head.IsIdempotent == reference.IsIdempotent, "idempotent or not");
        Rewrite(head, reference, forwarded: true, upgrade: true);
        Rewrite(head, reference, forwarded: false, upgrade: false);
    }

    // Two empty lines in front are refused at once; the reference looks for the end only.
    private static bool HasTwoEmptyLines(ReadOnlySpan<byte> input) => input.StartsWith("\r\n\r\n"u8) || input.StartsWith("\r\n"u8);

    private void Rewrite(ReadOnlySpan<byte> head, ReferenceRequest reference, bool forwarded, bool upgrade)
    {
        var rewrite = new RequestRewrite { ClientAddress = "192.0.2.7"u8, UpstreamPort = 8080, AddForwarded = forwarded, RelayUpgrade = upgrade && _head.HasUpgrade };
        if (_written.Length < RequestRewriter.MaxLength(head.Length)) _written = new byte[RequestRewriter.MaxLength(head.Length)];
        ReadOnlySpan<byte> written = _written.AsSpan(0, RequestRewriter.Write(_head, head, in rewrite, _written));

        BrokenPromiseException.Unless(ReferenceHead.FindEnd(written) == written.Length, "what is written is no whole head");
        RejectReason reason = RequestHeadParser.Parse(written, _again);
        ReferenceRequest? second = ReferenceRequest.Parse(written);
        BrokenPromiseException.Unless(reason == RejectReason.None || _again.FieldCount > ReferenceRequest.MaxFields, $"what is written is refused: {reason}");
        if (second is null)
        {
            BrokenPromiseException.Unless(_again.FieldCount > ReferenceRequest.MaxFields, "the reference refuses what is written");
            return;
        }

        BrokenPromiseException.Unless(second.Method == reference.Method, "the method has changed");
        BrokenPromiseException.Unless(second.Target == reference.OriginTarget, "the target has changed");
        BrokenPromiseException.Unless(!second.IsHttp10, "the version is not ours");
        BrokenPromiseException.Unless(second.Framing == reference.Framing && second.ContentLength == reference.ContentLength, "the framing has changed");
        FieldPromises.OfRequest(reference, second, forwarded, rewrite.RelayUpgrade);
    }
}
