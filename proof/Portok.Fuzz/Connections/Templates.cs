namespace Portok.Fuzz.Connections;

/// <summary>Whole messages for scripts, so that most of what is tried gets past the parsers. @ stands for the tag.</summary>
internal static class Templates
{
    internal static IReadOnlyList<string> Requests { get; } =
    [
        "GET /@ HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /@ HTTP/1.1\r\nHost: a\r\nContent-Length: L\r\n\r\nB",
        "POST /@ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n@\r\n0\r\nX-T: @\r\n\r\n",
        "HEAD /@ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /@ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /@ HTTP/1.0\r\n\r\n",
        "GET /@ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "POST /@ HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: L\r\n\r\nB",
        "GET /@ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "GET /@ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n",
        "PUT /@ HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "DELETE /@ HTTP/1.1\r\nHost: a\r\nContent-Length: L\r\n\r\nB",
        "PATCH /@ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /@ HTTP/1.1\r\n\r\n",
        "GET /@ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "BREW /@ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
    ];

    internal static IReadOnlyList<string> Responses { get; } =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: L\r\n\r\nB",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n@\r\n6\r\n@\r\n0\r\nX-T: @\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nB",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 999\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: L\r\n\r\nB",
        "HTTP/1.1 103 Early Hints\r\nLink: </@>\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nKeep-Alive: timeout=1\r\n\r\n@",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n@HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n@",
        "HTTP/1.1 413 No\r\nContent-Length: 6\r\n\r\n@",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 6\r\n\r\n@",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n@\r\nx\r\n",
    ];

    /// <summary>A template with its tag; every fourth body is longer than small buffers.</summary>
    internal static byte[] Fill(string template, string tag, int size)
    {
        int times = (size & 3) == 3 ? 700 : (size & 3) + 1;
        string body = string.Concat(Enumerable.Repeat(tag, times));
        string text = template.Replace("Content-Length: L", $"Content-Length: {body.Length}", StringComparison.Ordinal);
        text = text.Replace("\r\n6\r\n", $"\r\n{tag.Length:x}\r\n", StringComparison.Ordinal).Replace("Content-Length: 6", $"Content-Length: {tag.Length}", StringComparison.Ordinal);
        if (text.EndsWith("\r\n\r\nB", StringComparison.Ordinal)) text = text[..^1] + body;
        return System.Text.Encoding.Latin1.GetBytes(text.Replace("@", tag, StringComparison.Ordinal));
    }
}
