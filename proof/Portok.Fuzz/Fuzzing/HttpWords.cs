using System.Text;

namespace Portok.Fuzz.Fuzzing;

/// <summary>Words of HTTP/1.1 that random bytes would not come upon.</summary>
internal static class HttpWords
{
    internal static byte[][] All { get; } = [.. new[]
    {
        "\r\n", "\r\n\r\n", "\n", "\r", " ", "\t", ":", ": ", ",", ";", "\0", "\x7F", "\x80", "0\r\n\r\n", "1\r\n", "1\r\na\r\n", "a;x=y\r\n",
        "\r\n ", "\r\n\t", "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "TRACE ", "PATCH ", "CONNECT ", "PRI ", "BREW ", "get ",
        " HTTP/1.1\r\n", " HTTP/1.0\r\n", " HTTP/2.0\r\n", "HTTP/1.1 ", "HTTP/1.0 ", "/", "*", "http://", "https://", "http://h:80/", "?", "#",
        "Host: a\r\n", "Host: ", "Host: a:1\r\n", "[::1]", "%41", "@", "Content-Length: ", "Content-Length: 5\r\n", "Content-Length: 0\r\n",
        "Content-Length: 5, 5\r\n", "Content-Length: 05\r\n", "9223372036854775807", "9223372036854775808", "ffffffffffffffff", "7fffffffffffffff",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: ", "chunked", "gzip", "identity", "Connection: ", "Connection: close\r\n",
        "Connection: keep-alive\r\n", "Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Upgrade: ", "Keep-Alive: timeout=5\r\n", "Proxy-Connection: close\r\n",
        "Proxy-Authorization: x\r\n", "Proxy-Authenticate: x\r\n", "TE: trailers\r\n", "TE: ", "Trailer: x\r\n", "trailers", "Expect: 100-continue\r\n", "Expect: ",
        "Accept: */*\r\n", "X-Forwarded-For: 1.2.3.4\r\n", "X-Forwarded-Proto: https\r\n", "X-Forwarded-Host: h\r\n", "X-Forwarded-Port: 1\r\n",
        "x-admin-token: t\r\n", "x-portok-peer: p\r\n", "Cookie: c\r\n", "Via: v\r\n", "X-A: b\r\n", "close", "keep-alive", "te", "host", "x-a", "content-length", "Cookie: c\r\nConnection: cookie\r\n",
        "200 OK\r\n", "204 \r\n", "304 \r\n", "100 \r\n", "101 \r\n", "103 \r\n", "599 \r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
    }.Select(Encoding.Latin1.GetBytes)];
}
