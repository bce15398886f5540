using System.Text;
using Portok.Fuzz.Reference;

namespace Portok.Fuzz.Connections;

/// <summary>A final response as a slow reader finds it in a stream.</summary>
/// <param name="Complete">It came to its end by its own framing.</param>
internal sealed record StreamResponse(ReferenceResponse Head, string Body, bool Complete);

/// <summary>The final responses in one direction of a connection.</summary>
/// <param name="Fault">What is wrong with the stream; null when a client understands all of it.</param>
/// <param name="Rest">Bytes that belong to no response.</param>
/// <param name="Tunnel">The last response was a 101; the rest is the new protocol's.</param>
internal sealed record ResponseStream(IReadOnlyList<StreamResponse> Responses, string? Fault, string Rest, bool Tunnel)
{
    /// <param name="requests">What was asked, in order; more responses than that are read as answers to GET.</param>
    /// <param name="ended">The sender has properly ended its side: a close-delimited body is whole.</param>
    internal static ResponseStream Read(ReadOnlySpan<byte> bytes, IReadOnlyList<StreamRequest> requests, bool ended)
    {
        string text = Encoding.Latin1.GetString(bytes);
        var responses = new List<StreamResponse>();
        int at = 0;
        while (at < text.Length)
        {
            StreamRequest? request = responses.Count < requests.Count ? requests[responses.Count] : null;
            // Who is told that there is no place, or that the head took too long, is told before the method was read.
            string method = IsToldBeforeItsMethod(text[at..]) ? "GET" : request?.Method ?? "GET";
            ReferenceRequest.Outcome outcome = ReferenceResponse.Read(text[at..], method, request?.Head.AsksForUpgrade ?? false, 65536, 512, out ReferenceResponse? head);
            if (outcome == ReferenceRequest.Outcome.Refused) return new ResponseStream(responses, "malformed response", text[at..], Tunnel: false);
            if (outcome == ReferenceRequest.Outcome.Incomplete) return new ResponseStream(responses, Fault: null, text[at..], Tunnel: false);
            at += head!.HeadLength;
            if (head.IsInterim) continue;
            if (head.Status == 101)
            {
                responses.Add(new StreamResponse(head, "", Complete: true));
                return new ResponseStream(responses, Fault: null, text[at..], Tunnel: true);
            }

            StreamResponse response = ReadBody(head, text[at..], ended, out int length, out string? fault);
            responses.Add(response);
            if (fault is not null || !response.Complete) return new ResponseStream(responses, fault, "", Tunnel: false);
            at += length;
        }

        return new ResponseStream(responses, Fault: null, "", Tunnel: false);
    }

    private static bool IsToldBeforeItsMethod(string text)
        => ReferenceResponse.Read(text, "GET", upgradeAsked: false, 65536, 512, out ReferenceResponse? head) == ReferenceRequest.Outcome.Valid
            && head is { IsPortoksOwn: true, SaysClose: true, Status: 408 or 503 } && text.Length == head.HeadLength + head.Length;

    private static StreamResponse ReadBody(ReferenceResponse head, string rest, bool ended, out int length, out string? fault)
    {
        length = 0;
        fault = null;
        switch (head.Framing)
        {
            case ReferenceFraming.Length:
                length = (int)Math.Min(head.Length, rest.Length);
                return new StreamResponse(head, rest[..length], length == head.Length);
            case ReferenceFraming.Chunked:
                ReferenceChunks chunks = ReferenceChunks.Read(rest);
                length = chunks.Length;
                if (chunks.Outcome == ReferenceRequest.Outcome.Refused) fault = "malformed chunks";
                return new StreamResponse(head, chunks.Data, chunks.Outcome == ReferenceRequest.Outcome.Valid);
            case ReferenceFraming.UntilClose:
                length = rest.Length;
                return new StreamResponse(head, rest, ended);
            default:
                return new StreamResponse(head, "", Complete: true);
        }
    }
}
