using System.Text;
using Portok.Fuzz.Reference;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Response heads: parsed and written anew as the engine does for 1.1 and 1.0 clients. The first byte says for which request.
/// What goes on is framed exactly once, and agrees with the slow reader field by field.
/// </summary>
internal sealed class ResponseHeadTarget : IFuzzTarget
{
    private static readonly HeadLimits Limits = new(16 * 1024, 32);

    private readonly ResponseHead _head = new(32);
    private readonly byte[] _out = new byte[ResponseRewriter.MaxLength(16 * 1024)];

    public int MaxLength => 2048;

    public IReadOnlyList<byte[]> Seeds { get; } = [.. new[]
    {
        "\0HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "\x01HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\nConnection: x-a\r\nX-A: b\r\n\r\n",
        "\x02HTTP/1.0 404 Not Found\r\nKeep-Alive: timeout=5\r\nConnection: keep-alive\r\n\r\n",
        "\x04HTTP/1.1 101 \r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "\x08HTTP/1.1 204\r\nContent-Length: 05, 5\r\nContent-Length:5 \r\nProxy-Authenticate: x\r\n\r\n",
        "\0HTTP/1.1 200 OK\r\nSet-Cookie: c\r\nCache-Control: no-store\r\nContent-Length: 5\r\nConnection: set-cookie, cache-control, content-length\r\n\r\nhello",
        "\x10HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
    }.Select(Encoding.Latin1.GetBytes)];

    public void Run(byte[] input)
    {
        if (input.Length < 2) return;
        byte flags = input[0];
        byte[] bytes = input[1..];
        MethodKind method = (flags & 1) != 0 ? MethodKind.Head : MethodKind.Get;
        bool upgradeAsked = (flags & 4) != 0;
        int scanned = 0;
        ParseStatus status = HeadScanner.FindEnd(bytes, ref scanned, Limits, out int length, out RejectReason reason);
        if (status == ParseStatus.Complete)
        {
            reason = ResponseHeadParser.Parse(bytes.AsSpan(0, length), method, upgradeAsked, _head);
            status = reason == RejectReason.None ? ParseStatus.Complete : ParseStatus.Rejected;
        }

        if (status == ParseStatus.Rejected)
        {
            int answer = RejectReasons.Status(RejectReasons.ForResponse(reason));
            InvariantViolation.UnlessEqual(502, answer, "status for an app's malformed answer");
        }

        ReferenceRequest.Outcome expected = ReferenceResponse.Read(Encoding.Latin1.GetString(bytes), method == MethodKind.Head ? "HEAD" : "GET", upgradeAsked,
            Limits.MaxBytes, Limits.MaxFields, out ReferenceResponse? response);
        RequestHeadTarget.Judge(expected, status, reason);
        if (status == ParseStatus.Complete) CheckParsed(bytes.AsSpan(0, length), response!, flags, method);
    }

    private void CheckParsed(ReadOnlySpan<byte> source, ReferenceResponse response, byte flags, MethodKind method)
    {
        InvariantViolation.UnlessEqual(response.HeadLength, _head.Length, "length of the head");
        InvariantViolation.UnlessEqual(response.Status, _head.Status, "status");
        InvariantViolation.UnlessEqual(response.Reason, RequestHeadTarget.Text(_head.Reason.Of(source)), "reason");
        InvariantViolation.UnlessEqual(response.IsInterim, _head.IsInterim, "interim");
        InvariantViolation.UnlessEqual(response.Framing, RequestHeadTarget.Framing(_head), "framing");
        if (response.Framing == ReferenceFraming.Length) InvariantViolation.UnlessEqual(response.Length, _head.ContentLength, "content length");
        if (response.Status >= 200) InvariantViolation.UnlessEqual(response.KeepsAlive, _head.KeepAlive, "keep-alive");
        InvariantViolation.UnlessEqual(response.Fields.Count, _head.FieldCount, "number of fields");

        bool toHttp10 = (flags & 2) != 0;
        var change = ResponseBodyChange.None;
        if (response.Framing == ReferenceFraming.UntilClose && !toHttp10) change = ResponseBodyChange.AddChunked;
        else if (response.Framing == ReferenceFraming.Chunked && toHttp10) change = ResponseBodyChange.StripChunked;
        bool close = (flags & 8) != 0, keep = !close && (flags & 16) != 0, upgrade = response.Status == 101;
        var rewrite = new ResponseRewrite { BodyChange = change, CloseClient = close, SayKeepAlive = keep, RelayUpgrade = upgrade };
        CheckRewritten(source, response, rewrite, method);
    }

    private void CheckRewritten(ReadOnlySpan<byte> source, ReferenceResponse response, in ResponseRewrite rewrite, MethodKind method)
    {
        _out.AsSpan().Fill(0xEE);
        int length = ResponseRewriter.Write(_head, source, rewrite, _out);
        InvariantViolation.Unless(length <= ResponseRewriter.MaxLength(source.Length), "what is written is longer than MaxLength says");
        InvariantViolation.Unless(_out.AsSpan(length).IndexOfAnyExcept((byte)0xEE) < 0, "the rewriter writes past what it says");
        string text = Encoding.Latin1.GetString(_out, 0, length);
        ReferenceRequest.Outcome outcome = ReferenceResponse.Read(text, method == MethodKind.Head ? "HEAD" : "GET", upgradeAsked: true, 64 * 1024, 1024, out ReferenceResponse? relayed);
        InvariantViolation.UnlessEqual(ReferenceRequest.Outcome.Valid, outcome, "what the client is sent");
        InvariantViolation.UnlessEqual(length, relayed!.HeadLength, "length of what the client is sent");
        InvariantViolation.UnlessEqual((response.Status, response.Reason, false), (relayed.Status, relayed.Reason, relayed.IsHttp10), "the line the client is sent");
        ReferenceFraming framing = rewrite.BodyChange switch
        {
            ResponseBodyChange.AddChunked => ReferenceFraming.Chunked,
            ResponseBodyChange.StripChunked => ReferenceFraming.UntilClose,
            _ => response.Framing,
        };
        InvariantViolation.UnlessEqual(framing, relayed.Framing, "the framing the client is sent");
        if (framing == ReferenceFraming.Length) InvariantViolation.UnlessEqual(response.Length, relayed.Length, "the length the client is sent");
        RequestHeadTarget.UnlessSameFields(Expected(response, rewrite), relayed.Fields, "to the client");
    }

    private static List<ReferenceField> Expected(ReferenceResponse response, in ResponseRewrite rewrite)
    {
        bool strip = rewrite.BodyChange == ResponseBodyChange.StripChunked, unframed = response.Status is < 200 or 204;
        List<ReferenceField> all = response.Fields, result = [];
        ReferenceField? firstLength = all.Find(f => f.Is("Content-Length"));
        foreach (ReferenceField field in all)
        {
            if (field.Is("Content-Length"))
            {
                if (!unframed && ReferenceEquals(field, firstLength)) result.Add(field with { Value = $"{response.Length}" });
            }
            else if (field.Is("Transfer-Encoding"))
            {
                if (!unframed && !strip) result.Add(field);
            }
            else if (field.Is("Upgrade"))
            {
                if (rewrite.RelayUpgrade || response.Status == 426) result.Add(field);
            }
            else if ((!field.Is("Trailer") || !strip) && !ReferenceRelay.IsOfOneHop(field, all))
            {
                result.Add(field);
            }
        }

        if (rewrite.BodyChange == ResponseBodyChange.AddChunked) result.Add(new ReferenceField("Transfer-Encoding", "chunked"));
        bool keepsUpgrade = (rewrite.RelayUpgrade || response.Status == 426) && all.Exists(f => f.Is("Upgrade"));
        string option = rewrite.RelayUpgrade ? "" : rewrite.CloseClient ? "close" : rewrite.SayKeepAlive ? "keep-alive" : "";
        string options = string.Join(", ", new[] { option, keepsUpgrade ? "Upgrade" : "" }.Where(o => o.Length > 0));
        if (options.Length > 0) result.Add(new ReferenceField("Connection", options));
        return result;
    }
}
