namespace Portok.Fuzz.Reference;

/// <summary>A final response in a stream of bytes.</summary>
/// <param name="Body">Its data, as far as it goes.</param>
/// <param name="IsComplete">Whether a client would take it for whole.</param>
internal sealed record StreamedResponse(ReferenceResponse Head, byte[] Body, bool IsComplete)
{
    /// <summary>Portok's own answer, not the app's.</summary>
    public bool IsOfPortok => Head.Fields.Values("Proxy-Status").Any(v => v.StartsWith("portok", StringComparison.Ordinal));

    public bool ClosesConnection => Head.Fields.Values("Connection").Elements().Contains("close", StringComparer.OrdinalIgnoreCase)
        || (Head.Framing == ReferenceFraming.UntilClose);
}

/// <summary>The responses that a stream of bytes holds, one behind the other, to requests of known methods.</summary>
/// <param name="Responses">The final ones; a 101 is the last.</param>
/// <param name="IsBroken">What follows them is no response and cannot become one.</param>
/// <param name="Used">Bytes that heads and bodies take.</param>
internal sealed record ResponseStream(IReadOnlyList<StreamedResponse> Responses, bool IsBroken, int Used)
{
    /// <param name="methods">Methods of the requests in order, with whether an upgrade was asked for; GET behind the last.</param>
    /// <param name="ended">The sender has ended the stream properly.</param>
    public static ResponseStream Read(ReadOnlySpan<byte> bytes, IReadOnlyList<(string Method, bool Upgrade)> methods, bool ended)
    {
        var responses = new List<StreamedResponse>();
        int at = 0;
        while (at < bytes.Length)
        {
            (string method, bool upgrade) = responses.Count < methods.Count ? methods[responses.Count] : ("GET", false);
            int length = ReferenceHead.FindEnd(bytes[at..]);
            if (length < 0) return new ResponseStream(responses, false, at);
            if (ReferenceResponse.Parse(bytes.Slice(at, length), method, upgrade) is not { } head) return new ResponseStream(responses, true, at);
            at += length;
            if (head.IsInterim) continue;
            ReadOnlySpan<byte> rest = bytes[at..];
            int used = AddBody(responses, head, rest, ended, out bool broken);
            at += used;
            if (broken || head.Status == 101 || !responses[^1].IsComplete) return new ResponseStream(responses, broken, at);
        }

        return new ResponseStream(responses, false, at);
    }

    private static int AddBody(List<StreamedResponse> responses, ReferenceResponse head, ReadOnlySpan<byte> rest, bool ended, out bool broken)
    {
        broken = false;
        switch (head.Framing)
        {
            case ReferenceFraming.Length:
                int there = (int)Math.Min(rest.Length, head.ContentLength);
                responses.Add(new StreamedResponse(head, rest[..there].ToArray(), there == head.ContentLength));
                return there;
            case ReferenceFraming.Chunked:
                ReferenceChunks chunks = ReferenceChunks.Read(rest);
                broken = chunks.State == ReferenceBodyState.Invalid;
                responses.Add(new StreamedResponse(head, chunks.Data, chunks.State == ReferenceBodyState.Complete));
                return chunks.State == ReferenceBodyState.Complete ? chunks.Length : rest.Length;
            case ReferenceFraming.UntilClose:
                responses.Add(new StreamedResponse(head, rest.ToArray(), ended));
                return rest.Length;
            default:
                responses.Add(new StreamedResponse(head, [], true));
                return 0;
        }
    }
}
