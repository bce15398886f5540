using System.Text;
using Portok.Fuzz.Reference;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Request heads: found, parsed and written anew. The first byte says with which settings. Agrees with a slow reader of its
/// own on what is valid, on framing and on every field that goes on; any split is the same; writing twice is writing once.
/// </summary>
internal sealed class RequestHeadTarget : IFuzzTarget
{
    private const string Client = "192.0.2.7";
    private static readonly HeadLimits Wide = new(64 * 1024, 1024);

    private readonly RequestHead _head = new(32);
    private readonly RequestHead _again = new(1024);
    private readonly byte[] _out = new byte[RequestRewriter.MaxLength(16 * 1024)];

    public int MaxLength => 2048;

    public IReadOnlyList<byte[]> Seeds { get; } = [.. new[]
    {
        "\0GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\x01POST /p?q HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\nX-Forwarded-For: 1.1.1.1\r\n\r\nhello",
        "\x02PUT http://h:81?x HTTP/1.0\r\nConnection: x-a, close\r\nX-A: b\r\nExpect: 100-continue\r\n\r\n",
        "\x07GET /ws HTTP/1.1\r\nHost: [::1]:1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n",
        // Names what must not be named: chance does not come upon a field and its own name in Connection.
        "\x01GET / HTTP/1.1\r\nHost: a\r\nCookie: c\r\nVia: v\r\nX-Forwarded-For: 1.1.1.1\r\nConnection: host, cookie, VIA, x-forwarded-for\r\n\r\n",
        "\0POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Type: t\r\nAuthorization: x\r\nConnection: content-length, content-type, authorization\r\n\r\nhello",
        "\x08OPTIONS * HTTP/1.1\r\nHost:\ta%41 \r\nx-admin-token: t\r\nx-portok-peer: p\r\nProxy-Authorization: x\r\n\r\n",
    }.Select(Encoding.Latin1.GetBytes)];

    public void Run(byte[] input)
    {
        if (input.Length < 2) return;
        byte flags = input[0];
        byte[] bytes = input[1..];
        // A small limit at times, so that "too large" is met in short inputs too.
        var limits = new HeadLimits((flags & 16) != 0 ? 64 : 16 * 1024, 32);
        ParseStatus status = Find(bytes, limits, out int length, out RejectReason reason);
        foreach (Func<int, int> split in Pieces.Splits(bytes)) CheckSplit(bytes, limits, split, status, length, reason);
        if (status == ParseStatus.Complete)
        {
            reason = RequestHeadParser.Parse(bytes.AsSpan(0, length), _head);
            status = reason == RejectReason.None ? ParseStatus.Complete : ParseStatus.Rejected;
        }

        if (status == ParseStatus.Rejected)
        {
            InvariantViolation.Unless(reason != RejectReason.None, "a refusal without a reason");
            InvariantViolation.Unless(RejectReasons.Status(reason) is >= 400 and <= 505, "a refusal whose status is no error");
        }

        ReferenceRequest.Outcome expected = ReferenceRequest.Read(Encoding.Latin1.GetString(bytes), limits.MaxBytes, limits.MaxFields, out ReferenceRequest? request);
        Judge(expected, status, reason);
        if (status == ParseStatus.Complete) CheckParsed(bytes.AsSpan(0, length), request!, flags);
    }

    /// <summary>The slow reader says valid exactly when the parser does; refusing early what can become nothing is allowed.</summary>
    internal static void Judge(ReferenceRequest.Outcome expected, ParseStatus status, RejectReason reason)
    {
        bool agree = expected switch
        {
            ReferenceRequest.Outcome.Valid => status == ParseStatus.Complete,
            ReferenceRequest.Outcome.Refused => status == ParseStatus.Rejected,
            _ => status != ParseStatus.Complete,
        };
        InvariantViolation.Unless(agree, $"the slow reader says {expected}, the parser says {status} ({reason})");
    }

    private static ParseStatus Find(byte[] bytes, HeadLimits limits, out int length, out RejectReason reason)
    {
        int scanned = 0;
        return HeadScanner.FindEnd(bytes, ref scanned, limits, out length, out reason);
    }

    private static void CheckSplit(byte[] bytes, HeadLimits limits, Func<int, int> split, ParseStatus whole, int wholeLength, RejectReason wholeReason)
    {
        int scanned = 0;
        for (int have = 0; have < bytes.Length;)
        {
            have = Math.Min(bytes.Length, have + split(have));
            ParseStatus status = HeadScanner.FindEnd(bytes.AsSpan(0, have), ref scanned, limits, out int length, out RejectReason reason);
            InvariantViolation.Unless(scanned <= have, "the scanner has looked past the bytes");
            if (status == ParseStatus.Incomplete && have < bytes.Length) continue;
            InvariantViolation.UnlessEqual((whole, wholeLength, wholeReason), (status, length, reason), "a split changes what the scanner finds");
            return;
        }
    }

    private void CheckParsed(ReadOnlySpan<byte> source, ReferenceRequest request, byte flags)
    {
        InvariantViolation.UnlessEqual(request.HeadLength, _head.Length, "length of the head");
        InvariantViolation.UnlessEqual(request.Method, Text(_head.MethodToken.Of(source)), "method");
        InvariantViolation.UnlessEqual(request.Target, Text(_head.Target.Of(source)), "target");
        InvariantViolation.UnlessEqual(request.IsHttp10, _head.IsHttp10, "version 1.0");
        InvariantViolation.UnlessEqual(request.Framing, Framing(_head), "framing");
        if (request.Framing == ReferenceFraming.Length) InvariantViolation.UnlessEqual(request.Length, _head.ContentLength, "content length");
        InvariantViolation.UnlessEqual(request.KeepsAlive, _head.KeepAlive, "keep-alive");
        InvariantViolation.UnlessEqual(request.AsksForUpgrade, _head.HasUpgrade, "upgrade");
        InvariantViolation.UnlessEqual(request.Fields.Count, _head.FieldCount, "number of fields");
        for (int i = 0; i < _head.FieldCount; i++)
        {
            InvariantViolation.UnlessEqual(request.Fields[i].Name, Text(_head.Fields[i].Name.Of(source)), "name of a field");
            InvariantViolation.UnlessEqual(request.Fields[i].Value, Text(_head.Fields[i].Value.Of(source)), "value of a field");
        }

        CheckRewritten(source, request, flags);
    }

    private void CheckRewritten(ReadOnlySpan<byte> source, ReferenceRequest request, byte flags)
    {
        bool forwarded = (flags & 1) != 0, close = (flags & 2) != 0, admin = (flags & 8) != 0, upgrade = (flags & 4) != 0 && _head.HasUpgrade && !admin;
        byte[] client = Encoding.ASCII.GetBytes(Client);
        _out.AsSpan().Fill(0xEE);
        var rewrite = new RequestRewrite { ClientAddress = client, UpstreamPort = 8080, AddForwarded = forwarded, CloseUpstream = close, RelayUpgrade = upgrade, ForAdmin = admin };
        int length = RequestRewriter.Write(_head, source, rewrite, _out);
        InvariantViolation.Unless(length <= RequestRewriter.MaxLength(source.Length), "what is written is longer than MaxLength says");
        InvariantViolation.Unless(_out.AsSpan(length).IndexOfAnyExcept((byte)0xEE) < 0, "the rewriter writes past what it says");
        byte[] written = _out.AsSpan(0, length).ToArray();

        // 1. The slow reader understands it as what was to be said: no field more, none less, in order.
        ReferenceRequest.Outcome outcome = ReferenceRequest.Read(Encoding.Latin1.GetString(written), Wide.MaxBytes, Wide.MaxFields, out ReferenceRequest? relayed);
        InvariantViolation.UnlessEqual(ReferenceRequest.Outcome.Valid, outcome, "what the app is sent");
        InvariantViolation.UnlessEqual(length, relayed!.HeadLength, "length of what the app is sent");
        InvariantViolation.UnlessEqual((request.Method, request.Origin, false), (relayed.Method, relayed.Target, relayed.IsHttp10), "the line the app is sent");
        InvariantViolation.UnlessEqual((request.Framing, request.Length), (relayed.Framing, relayed.Length), "the framing the app is sent");
        UnlessSameFields(ReferenceRelay.ToApp(request, Client, forwarded, close, upgrade, admin), relayed.Fields, "to the app");

        // 2. So does the parser itself, and writing it once more changes nothing.
        InvariantViolation.UnlessEqual(RejectReason.None, RequestHeadParser.Parse(written, _again), "what was written is parsed again");
        // A hop that was counted down is counted down again.
        if (admin || request.Fields.Exists(f => f.Is("Max-Forwards"))) return;
        var neutral = new RequestRewrite { ClientAddress = client, UpstreamPort = 8080, CloseUpstream = close, RelayUpgrade = upgrade };
        length = RequestRewriter.Write(_again, written, neutral, _out);
        InvariantViolation.UnlessSame(written, _out.AsSpan(0, length), "writing twice is not writing once");
    }

    internal static void UnlessSameFields(IReadOnlyList<ReferenceField> expected, IReadOnlyList<ReferenceField> found, string where)
    {
        string Lines(IReadOnlyList<ReferenceField> fields) => string.Concat(fields.Select(f => $"{f.Name}: {f.Value}\r\n"));
        InvariantViolation.UnlessEqual(Lines(expected), Lines(found), $"fields {where}");
    }

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    internal static ReferenceFraming Framing(MessageHead head) => head.Framing switch
    {
        BodyFraming.ContentLength => ReferenceFraming.Length,
        BodyFraming.Chunked => ReferenceFraming.Chunked,
        BodyFraming.UntilClose => ReferenceFraming.UntilClose,
        _ => ReferenceFraming.None,
    };
}
