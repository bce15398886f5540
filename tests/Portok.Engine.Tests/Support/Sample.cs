using System.Text;
using Portok.Testing;

namespace Portok.Engine.Tests.Support;

/// <summary>A request and its answer, to be cut at each of their bytes.</summary>
/// <param name="Request">With {0} where the target goes.</param>
internal sealed record Sample(string Name, string Request, string Response)
{
    private const string HeadEnd = "\r\n\r\n";

    internal static IReadOnlyList<Sample> All { get; } =
    [
        new("Content-Length", Get, "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 12\r\n\r\nhello, world"),
        new("chunked with trailers", Get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n5;a=b\r\nhello\r\n7\r\n, world\r\n0\r\nX-T: t\r\n\r\n"),
        new("close-delimited", Get, "HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nhello, world"),
        new("interim", Get, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        new("HEAD", "HEAD {0} HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n"),
        new("204", Get, "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"),
        new("POST", "POST {0} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789", "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello"),
        new("chunked POST", "POST {0} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6;x\r\n456789\r\n0\r\nX-T: t\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        new("upgrade", "GET {0} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\nhello"),
    ];

    private const string Get = "GET {0} HTTP/1.1\r\nHost: a\r\n\r\n";

    internal bool ToHead => Request.StartsWith("HEAD", StringComparison.Ordinal);

    internal bool IsUpgrade => Response.StartsWith("HTTP/1.1 101", StringComparison.Ordinal);

    internal bool IsChunked => Response.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal);

    internal bool IsCloseDelimited => !IsUpgrade && !IsChunked && !Response.Contains("Content-Length", StringComparison.Ordinal)
        && !Response.StartsWith("HTTP/1.1 204", StringComparison.Ordinal);

    internal bool HasBody => !ToHead && BodyStart < Response.Length;

    /// <summary>Where the final head ends.</summary>
    internal int BodyStart => Response.LastIndexOf(HeadEnd, IsChunked ? Response.Length - HeadEnd.Length - 1 : Response.Length - 1, StringComparison.Ordinal) + HeadEnd.Length;

    /// <summary>Interim answers that are whole in that many bytes of the response.</summary>
    internal int InterimsWithin(int bytes)
    {
        int count = 0;
        for (int at = 0; Response.AsSpan(at).StartsWith("HTTP/1.1 10") && !IsUpgrade; count++)
        {
            at = Response.IndexOf(HeadEnd, at, StringComparison.Ordinal) + HeadEnd.Length;
            if (at > bytes) break;
        }

        return count;
    }

    /// <summary>The body's content in that many bytes of the response, its framing taken off.</summary>
    internal string ContentWithin(int bytes)
    {
        string part = Response[..bytes][Math.Min(bytes, BodyStart)..];
        return IsChunked ? Content(part, out _) : part;
    }

    /// <summary>The request asking for "/fault/N".</summary>
    internal string RequestFor(int number) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Request, $"/fault/{number}");

    /// <summary>Takes the framing off chunks that may be cut anywhere.</summary>
    internal static string Content(string chunks, out bool complete)
    {
        var content = new StringBuilder();
        complete = false;
        for (int at = 0; ;)
        {
            int line = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (line < 0) return content.ToString();
            int size = Convert.ToInt32(chunks[at..line].Split(';')[0], 16);
            at = line + 2;
            if (size == 0)
            {
                complete = chunks.AsSpan(at).StartsWith("\r\n") || chunks.AsSpan(at).Contains(HeadEnd, StringComparison.Ordinal);
                return content.ToString();
            }

            content.Append(chunks.AsSpan(at, Math.Min(size, chunks.Length - at)));
            at += size + 2;
            if (at >= chunks.Length) return content.ToString();
        }
    }

    public override string ToString() => Name;

    /// <summary>How the client's side of an exchange ended.</summary>
    /// <param name="Interims">1xx answers before it.</param>
    /// <param name="Status">Status of the final answer; 0 without one.</param>
    /// <param name="Content">Its content, as far as it came.</param>
    /// <param name="Complete">Whether its framing says that it is whole.</param>
    internal sealed record Outcome(int Interims, int Status, string Content, bool Complete);

    /// <summary>Reads what came of it for the client, whole or not.</summary>
    internal async Task<Outcome> ReadAsync(RawClient client)
    {
        int interims = 0;
        while (true)
        {
            long before = client.ReceivedCount;
            string head;
            try
            {
                head = await client.ReadHeadAsync();
            }
            catch (WireException) when (client.End != WireEnd.Open && client.ReceivedCount == before)
            {
                return new Outcome(interims, 0, "", Complete: false);
            }

            var message = new WireMessage(head, [], [], []);
            if (message.Status == 101) return new Outcome(interims, 101, Latin1.Text(await client.ReadToEndAsync()), client.End == WireEnd.Closed);
            if (message.Status < 200)
            {
                interims++;
                continue;
            }

            if (ToHead || message.Status == 204) return new Outcome(interims, message.Status, "", Complete: true);
            return await ReadBodyAsync(client, message, interims);
        }
    }

    private static async Task<Outcome> ReadBodyAsync(RawClient client, WireMessage message, int interims)
    {
        var body = new StringBuilder();
        while (true)
        {
            bool complete;
            string content = body.ToString();
            if (message.IsChunked) content = Content(content, out complete);
            else complete = content.Length == message.ContentLength;
            // The words of Portok's own answers are no matter here.
            if (complete) return new Outcome(interims, message.Status, message.Status >= 400 ? "" : content, Complete: true);
            byte[] more = await client.ReadSomeAsync();
            if (more.Length == 0) return new Outcome(interims, message.Status, content, Complete: false);
            body.Append(Latin1.Text(more));
        }
    }
}
