namespace Portok.Fuzz.Reference;

/// <summary>A request in a stream of bytes.</summary>
/// <param name="Body">Its data, as far as it goes.</param>
/// <param name="IsComplete">Whether the body is whole.</param>
internal sealed record StreamedRequest(ReferenceRequest Head, byte[] Body, bool IsComplete);

/// <summary>The requests that a stream of bytes holds, one behind the other.</summary>
/// <param name="Requests">Those whose head is whole and valid.</param>
/// <param name="IsBroken">What follows them is no request and cannot become one.</param>
/// <param name="Used">Bytes that the requests take.</param>
internal sealed record RequestStream(IReadOnlyList<StreamedRequest> Requests, bool IsBroken, int Used)
{
    public static RequestStream Read(ReadOnlySpan<byte> bytes)
    {
        var requests = new List<StreamedRequest>();
        int at = 0;
        while (at < bytes.Length)
        {
            int length = ReferenceHead.FindEnd(bytes[at..]);
            if (length < 0) return new RequestStream(requests, false, at);
            if (ReferenceRequest.Parse(bytes.Slice(at, length)) is not { } head) return new RequestStream(requests, true, at);
            at += length;
            ReadOnlySpan<byte> rest = bytes[at..];
            switch (head.Framing)
            {
                case ReferenceFraming.Length:
                    int there = (int)Math.Min(rest.Length, head.ContentLength);
                    requests.Add(new StreamedRequest(head, rest[..there].ToArray(), there == head.ContentLength));
                    at += there;
                    break;
                case ReferenceFraming.Chunked:
                    ReferenceChunks chunks = ReferenceChunks.Read(rest);
                    requests.Add(new StreamedRequest(head, chunks.Data, chunks.State == ReferenceBodyState.Complete));
                    if (chunks.State != ReferenceBodyState.Complete) return new RequestStream(requests, chunks.State == ReferenceBodyState.Invalid, at);
                    at += chunks.Length;
                    break;
                default:
                    requests.Add(new StreamedRequest(head, [], true));
                    break;
            }
        }

        return new RequestStream(requests, false, at);
    }
}
