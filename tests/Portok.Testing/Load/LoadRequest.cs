using System.Globalization;
using System.Security.Cryptography;

namespace Portok.Testing;

/// <summary>One request of the mix: its bytes, and what its answer must be.</summary>
/// <param name="Kind">Name for the counts.</param>
/// <param name="Pieces">The bytes in the pieces they are sent in.</param>
/// <param name="IsRight">Judges the body of a 200.</param>
public sealed record LoadRequest(string Kind, IReadOnlyList<byte[]> Pieces, Func<byte[], bool> IsRight)
{
    /// <summary>The kinds in the mix, in turn: small GET, POST with a body, chunked upload, download, chunked download.</summary>
    /// <param name="random">Chooses sizes.</param>
    /// <param name="turn">Which one.</param>
    public static LoadRequest Mixed(Random random, int turn) => (turn % 8) switch
    {
        1 or 4 => Post(random),
        3 => ChunkedUpload(random),
        5 => Download(random.Next(1, 200_000), chunked: false),
        7 => Download(random.Next(1, 60_000), chunked: true),
        _ => Get(),
    };

    /// <summary>GET of the version.</summary>
    public static LoadRequest Get() => new("get", [Latin1.Bytes("GET /version HTTP/1.1\r\nHost: load.test\r\n\r\n")], body => body.Length is > 0 and < 20);

    /// <summary>POST with Content-Length; the body must come back.</summary>
    public static LoadRequest Post(Random random) => Post(random, random.Next(1, 20_000));

    /// <summary>The same with a body of that many bytes.</summary>
    public static LoadRequest Post(Random random, int bytes)
    {
        byte[] body = new byte[bytes];
        random.NextBytes(body);
        string head = string.Create(CultureInfo.InvariantCulture, $"POST /echo HTTP/1.1\r\nHost: load.test\r\nContent-Length: {body.Length}\r\n\r\n");
        return new LoadRequest("post", [Latin1.Bytes(head), body], answer => answer.AsSpan().SequenceEqual(body));
    }

    /// <summary>POST in chunks; count and SHA-256 must come back.</summary>
    public static LoadRequest ChunkedUpload(Random random) => ChunkedUpload(random, random.Next(1, 80_000));

    /// <summary>The same with a body of that many bytes, in about ten chunks when it is large.</summary>
    public static LoadRequest ChunkedUpload(Random random, int bytes)
    {
        byte[] body = new byte[bytes];
        random.NextBytes(body);
        int largest = Math.Max(20_000, bytes / 5);
        List<byte[]> pieces = [Latin1.Bytes("POST /upload HTTP/1.1\r\nHost: load.test\r\nTransfer-Encoding: chunked\r\n\r\n")];
        for (int at = 0; at < body.Length;)
        {
            int size = Math.Min(random.Next(1, largest), body.Length - at);
            pieces.Add([.. Latin1.Bytes($"{size:x}\r\n"), .. body.AsSpan(at, size), (byte)'\r', (byte)'\n']);
            at += size;
        }

        pieces.Add(Latin1.Bytes("0\r\n\r\n"));
        string wanted = string.Create(CultureInfo.InvariantCulture, $"{body.Length} {Convert.ToHexStringLower(SHA256.HashData(body))}");
        return new LoadRequest("chunked", pieces, answer => string.Equals(Latin1.Text(answer), wanted, StringComparison.Ordinal));
    }

    /// <summary>GET of a download; every byte is compared.</summary>
    public static LoadRequest Download(int bytes, bool chunked)
    {
        string target = string.Create(CultureInfo.InvariantCulture, $"/download?bytes={bytes}{(chunked ? "&chunked=1" : "")}");
        return new LoadRequest(
            chunked ? "download-chunked" : "download",
            [Latin1.Bytes($"GET {target} HTTP/1.1\r\nHost: load.test\r\n\r\n")],
            answer => answer.Length == bytes && Pattern.FirstFault(answer) < 0);
    }
}
