using System.Text;

namespace Portok.Bench;

/// <summary>Messages as they come in practice.</summary>
internal static class Samples
{
    /// <summary>What load generators send: the least there is.</summary>
    private static byte[] SmallRequest { get; } = Bytes("GET / HTTP/1.1\nHost: 127.0.0.1:3000\n");

    /// <summary>What browsers send.</summary>
    private static byte[] BrowserRequest { get; } = Bytes(
        """
        GET /api/orders/2718281828?expand=lines&page=2 HTTP/1.1
        Host: shop.example.com
        Connection: keep-alive
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-GB,en;q=0.9,de;q=0.8
        Cache-Control: max-age=0
        Cookie: session=8f14e45fceea167a5a36dedd4bea2543; theme=dark; consent=1
        Referer: https://shop.example.com/orders
        Sec-Fetch-Dest: document
        Sec-Fetch-Mode: navigate
        Sec-Fetch-Site: same-origin
        Upgrade-Insecure-Requests: 1
        X-Forwarded-For: 203.0.113.7

        """);

    /// <summary>What an app answers.</summary>
    public static byte[] Response { get; } = Bytes(
        """
        HTTP/1.1 200 OK
        Date: Thu, 15 Jan 2026 10:30:00 GMT
        Content-Type: application/json; charset=utf-8
        Content-Length: 12
        Cache-Control: no-store
        ETag: W/"c-Lve95gjOVATpfV8EL5X4nxwjKHE"
        Connection: keep-alive
        Keep-Alive: timeout=5

        """);

    /// <summary>A request head by its name in a benchmark's parameters.</summary>
    public static byte[] RequestHead(string name) => name is "small" ? SmallRequest : BrowserRequest;

    /// <summary>A chunked body of so many bytes of data in chunks of one size, with its end.</summary>
    public static byte[] Chunked(int dataBytes, int chunkBytes)
    {
        var body = new StringBuilder();
        for (int left = dataBytes; left > 0; left -= chunkBytes)
        {
            int size = Math.Min(left, chunkBytes);
            body.Append(System.Globalization.CultureInfo.InvariantCulture, $"{size:x}\r\n").Append('a', size).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(body.Append("0\r\n\r\n").ToString());
    }

    private static byte[] Bytes(string lines) => Encoding.ASCII.GetBytes(lines.TrimEnd('\n').ReplaceLineEndings("\r\n") + "\r\n\r\n");
}
