using System.Text;

namespace Portok.Fuzz.Mutation;

/// <summary>Words that matter in HTTP/1.1 and that chance would take long to find.</summary>
internal static class HttpDictionary
{
    public static IReadOnlyList<byte[]> Words { get; } = [.. new[]
    {
        "\r\n", "\r\n\r\n", "\n", "\r", "\0", "\t", " ", ": ", ":", ";", ",", "=", "\"", "*", "/", "?", "#", "@", "\x7f", "\x80", "\xff", "\xa0", "\x0b",
        " HTTP/1.1\r\n", " HTTP/1.0\r\n", " HTTP/2.0\r\n", "HTTP/1.1 ", "GET / HTTP/1.1\r\nHost: a\r\n", "POST ", "HEAD ", "OPTIONS ", "CONNECT ", "PUT ", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "http://", "https://", "http://a:80/x", "a@b", "[::1]", "[::1]:80", "%2f", "..", "Host: a\r\n", "Host: ", "Host:\r\n",
        "Content-Length: ", "Content-Length: 0\r\n", "Content-Length: 5\r\n", "Content-Length: +5\r\n", "Content-Length: 5, 5\r\n", "content-length:5\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: identity\r\n", "transfer-encoding:\tCHUNKED\r\n", "Transfer-Encoding : chunked\r\n",
        "Connection: close\r\n", "Connection: keep-alive\r\n", "Connection: Upgrade\r\n", "Connection: content-length, host\r\n", "Connection: TE, x-a\r\n", "Keep-Alive: timeout=5\r\n",
        "Upgrade: websocket\r\n", "Upgrade: h2c\r\n", "TE: trailers\r\n", "Trailer: x\r\n", "Expect: 100-continue\r\n", "Proxy-Connection: close\r\n", "Max-Forwards: 0\r\n",
        "X-Forwarded-For: 1.2.3.4\r\n", "X-Forwarded-Host: a, b\r\n", "x-admin-token: t\r\n", "x-portok-peer: 127.0.0.1\r\n", "X-A: b\r\n", " folded\r\n", "Cookie: a=b\r\n",
        "0\r\n\r\n", "1\r\na\r\n", "5\r\nhello\r\n", "0;x\r\n\r\n", "00\r\n", "a\r\n0123456789\r\n", "ffffffffffffffff\r\n", "8000000000000000\r\n", "7fffffffffffffff\r\n", "0x5\r\n", "5 \r\n", "0\r\nX-T: v\r\n\r\n", "0\r\nContent-Length: 5\r\n\r\n",
        "100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\n", "HTTP/1.1 204 No Content\r\n", "HTTP/1.1 304 Not Modified\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 200\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "18446744073709551616", "9223372036854775807", "9223372036854775808", "4294967296", "-1", "\x88\x02\x03\xe9", "\x82\x7e\x01\x00", "\x82\x7f", "\x81\x85",
    }.Select(Encoding.Latin1.GetBytes)];
}
