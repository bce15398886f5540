using System.Text;
using System.Text.RegularExpressions;
using Portok.Fuzz.Reference;

namespace Portok.Fuzz.Connections;

/// <summary>A request as a slow reader finds it in a stream.</summary>
/// <param name="Tag">Who asked for what, when the request came from a template: "~c0r1~"; else empty.</param>
/// <param name="Complete">Its body is whole.</param>
internal sealed record StreamRequest(ReferenceRequest Head, string Tag, string Body, bool Complete)
{
    internal string Method => Head.Method;
}

/// <summary>The requests in one direction of a connection, and what is left behind the last whole one.</summary>
internal sealed partial record RequestStream(IReadOnlyList<StreamRequest> Requests, ReferenceRequest.Outcome Tail, int Rest)
{
    internal static RequestStream Read(ReadOnlySpan<byte> bytes, int maxBytes, int maxFields)
    {
        string text = Encoding.Latin1.GetString(bytes);
        var requests = new List<StreamRequest>();
        int at = 0;
        while (at < text.Length)
        {
            ReferenceRequest.Outcome outcome = ReferenceRequest.Read(text[at..], maxBytes, maxFields, out ReferenceRequest? head);
            if (outcome != ReferenceRequest.Outcome.Valid) return new RequestStream(requests, outcome, at);
            string rest = text[(at + head!.HeadLength)..];
            int length = 0;
            string body = "";
            outcome = ReferenceRequest.Outcome.Valid;
            if (head.Framing == ReferenceFraming.Length)
            {
                length = (int)Math.Min(head.Length, rest.Length);
                body = rest[..length];
                if (length < head.Length) outcome = ReferenceRequest.Outcome.Incomplete;
            }
            else if (head.Framing == ReferenceFraming.Chunked)
            {
                ReferenceChunks chunks = ReferenceChunks.Read(rest);
                (outcome, length, body) = (chunks.Outcome, chunks.Length, chunks.Data);
            }

            Match tag = TagForm().Match(head.Target);
            requests.Add(new StreamRequest(head, tag.Success ? tag.Value : "", body, outcome == ReferenceRequest.Outcome.Valid));
            if (outcome != ReferenceRequest.Outcome.Valid) return new RequestStream(requests, outcome, at + head.HeadLength);
            at += head.HeadLength + length;
        }

        return new RequestStream(requests, ReferenceRequest.Outcome.Valid, at);
    }

    /// <summary>Whose bytes these are: the clients whose tags stand in them.</summary>
    internal static IReadOnlySet<int> Owners(string text)
        => TagForm().Matches(text).Select(m => m.Groups["client"].Value[0] - '0').ToHashSet();

    [GeneratedRegex(@"~c(?<client>\d)r\d+~", RegexOptions.ExplicitCapture)]
    private static partial Regex TagForm();
}
