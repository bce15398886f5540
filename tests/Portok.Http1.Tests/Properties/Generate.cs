using CsCheck;

namespace Portok.Http1.Tests.Properties;

/// <summary>Heads and bodies that are mostly right, and byte soups that are mostly wrong, in the alphabet of the parsers.</summary>
internal static class Generate
{
    private static readonly Gen<string> RequestLine = Gen.OneOf(
        "GET / HTTP/1.1", "POST /a/b?c=d HTTP/1.1", "HEAD /%41|x HTTP/1.0", "OPTIONS * HTTP/1.1", "FOO //x HTTP/1.1",
        "GET http://b:81/x?y HTTP/1.1", "PUT http://b HTTP/1.1", "OPTIONS http://b HTTP/1.0", "DELETE http://[::1]?q HTTP/1.0");

    private static readonly Gen<string> StatusLine = Gen.OneOf(
        "HTTP/1.1 200 OK", "HTTP/1.0 200 OK", "HTTP/1.1 404", "HTTP/1.1 204 \u00e9", "HTTP/1.1 304 ", "HTTP/1.1 103 Early Hints", "HTTP/1.0 500");

    private static readonly Gen<string> Name = Gen.OneOf(
        "X", "x", "User-Agent", "Cookie", "Accept", "Foo", "bar", "Forwarded", "Connection", "connection", "Keep-Alive", "TE", "Te",
        "Trailer", "Upgrade", "Expect", "Proxy-Connection", "Proxy-Authorization", "X-Forwarded-For", "x-forwarded-for", "X-Forwarded-Proto",
        "X-Forwarded-Host", "X-Forwarded-Port", "x-admin-token", "X-Portok-Peer", "Content-Type");

    private static readonly Gen<string> Value = Gen.Frequency(
        (6, Gen.OneOf("", "1", "a, b", "\u00e9\u00ff", "close", "keep-alive", "Upgrade", "foo, bar", "trailers", "websocket", "https", "10.0.0.1", "*/*", "a \t b")),
        (1, Gen.OneOf("100-continue", "x-forwarded-for, host, x-admin-token, cookie, te", "upgrade, close, foo", "timeout=5")));

    private static readonly Gen<string> Space = Gen.Frequency((8, Gen.Const(" ")), (1, Gen.OneOf("", "  ", "\t", " \t ")));

    private static readonly Gen<string> TailSpace = Gen.Frequency((12, Gen.Const("")), (1, Gen.OneOf(" ", "\t ")));

    private static readonly Gen<string> Line = Gen.Select(Name, Space, Value, TailSpace, (name, space, value, tail) => $"{name}:{space}{value}{tail}\r\n");

    private static readonly Gen<string> Framing = Gen.OneOf("", "Content-Length: 5\r\n", "content-length:007\r\n", "Content-Length: \t0 \r\n", "Transfer-Encoding: chunked\r\n", "transfer-encoding:\tChunked\r\n");

    private static readonly Gen<string> Lines = Line.Array[0, 8].Select(string.Concat);

    /// <summary>Well-formed; a rule between fields may still refuse it.</summary>
    public static readonly Gen<string> Request = Gen.Select(Gen.OneOf("", "", "", "\r\n"), RequestLine, Lines, Framing, Lines,
        (empty, line, before, framing, after) => $"{empty}{line}\r\n{before}Host: a:3000\r\n{framing}{after}\r\n");

    /// <inheritdoc cref="Request"/>
    public static readonly Gen<string> Response = Gen.Select(StatusLine, Lines, Framing, Lines,
        (line, before, framing, after) => $"{line}\r\n{before}{framing}{after}\r\n");

    private static readonly Gen<string> Chunk = Gen.Select(
        Gen.Int[1, 40], Gen.OneOf("", "", "0", "000"), Gen.OneOf("", "", ";x", ";a=\"b\""), Gen.Bool,
        (size, zeros, extension, upper) => $"{zeros}{size.ToString(upper ? "X" : "x")}{extension}\r\n{new string((char)('a' + (size % 26)), size)}\r\n");

    private static readonly Gen<string> TrailerLine = Gen.OneOf(
        "", "", "", "X: 1\r\n", "X-Sum:abc\r\nX-Sum: def\r\n", "Host: evil\r\n", "X: 1\r\ncontent-length: 5\r\nY: 2\r\n", "Cookie: a\r\n");

    /// <summary>A valid chunked body and what may come behind it.</summary>
    public static readonly Gen<string> Chunked = Gen.Select(Chunk.Array[0, 6], Gen.OneOf("0", "00", "0;x"), TrailerLine, Gen.OneOf("", "GET /", "\r\n"),
        (chunks, last, trailers, next) => $"{string.Concat(chunks)}{last}\r\n{trailers}\r\n{next}");

    /// <summary>Pieces that mean something to one parser or another, in any order.</summary>
    public static readonly Gen<string> Soup = Gen.OneOf(
        "\r\n", "\r\n", "\r\n\r\n", "\r", "\n", "\0", " ", "\t", ":", ",", ";", "0", "5", "a", "A", "hello", "\u0080", "\u007f", "GET", "HTTP/1.1", " HTTP/1.0\r\n",
        "GET / HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n", "Host: a\r\n", "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n", "Connection: x\r\n",
        "http://", "[::1]", "%", "chunked", "0\r\n", "5\r\nhello\r\n", "X: 1\r\n", "ffffffffffffffff").Array[0, 14].Select(string.Concat);

    /// <summary>Changes, inserts or removes a few bytes of a text.</summary>
    public static Gen<string> Mutated(Gen<string> texts) => Gen.Select(texts, Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 2], Gen.Byte).Array[1, 4],
        (text, changes) =>
        {
            foreach ((int place, int kind, byte value) in changes)
            {
                int at = text.Length == 0 ? 0 : place % text.Length;
                int removed = kind == 0 || text.Length == 0 ? 0 : 1;
                text = text[..at] + (kind == 2 ? "" : (char)value) + text[(at + removed)..];
            }

            return text;
        });

    /// <summary>Places to cut a text of that length.</summary>
    public static int[] Cuts(int[] places, int length) => length == 0 ? [] : [.. places.Select(p => p % length).Where(p => p > 0).Distinct().Order()];

    public static readonly Gen<int[]> Places = Gen.Int[0, 100_000].Array[0, 6];
}
