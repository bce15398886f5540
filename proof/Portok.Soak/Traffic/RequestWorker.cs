using System.Globalization;
using Portok.Testing;

namespace Portok.Soak.Traffic;

/// <summary>
/// A client that sends one request (or a pipeline of them) after the other, mostly on a kept-alive connection, and verifies
/// every answer. Nothing is tried again: what fails is lost.
/// </summary>
internal sealed class RequestWorker(Shared shared, int seed)
{
    private readonly Random _random = new(seed);
    private RawClient? _client;
    private string _kind = "";

    internal async Task RunAsync()
    {
        while (await shared.PauseAsync(_random, 1, 60))
        {
            try
            {
                await NextAsync();
            }
            catch (WireException fault)
            {
                shared.Tally.Fail(_kind, fault.Message[..Math.Min(600, fault.Message.Length)]);
                await LeaveAsync();
            }
        }

        await LeaveAsync();
    }

    private Task NextAsync() => _random.Next(100) switch
    {
        < 20 => ExchangeAsync(LoadRequest.Get()),
        < 32 => ExchangeAsync(LoadRequest.Post(_random, Sizes.Next(_random))),
        < 42 => ExchangeAsync(LoadRequest.ChunkedUpload(_random, Sizes.Next(_random))),
        < 54 => ExchangeAsync(LoadRequest.Download(Sizes.Next(_random), chunked: false)),
        < 62 => ExchangeAsync(LoadRequest.Download(Sizes.Next(_random), chunked: true)),
        < 70 => PlainAsync(),
        < 78 => PipelineAsync(),
        < 84 => CloseAsync(),
        < 90 => OldAsync(),
        < 95 => AbortUploadAsync(),
        _ => AbortDownloadAsync(),
    };

    private async Task ExchangeAsync(LoadRequest request)
    {
        _kind = request.Kind;
        int begun = shared.Versions.Now();
        RawClient client = await ConnectionAsync();
        foreach (byte[] piece in request.Pieces) await client.SendAsync(piece);
        WireMessage answer = await client.ReadResponseAsync();
        Judge(begun, answer, answer.Status == 200 && request.IsRight(answer.Body));
    }

    /// <summary>Methods and statuses without anything to them.</summary>
    private async Task PlainAsync()
    {
        (string line, int status, _kind) = _random.Next(6) switch
        {
            0 => ("HEAD /version", 200, "HEAD"),
            1 => ("GET /empty", 204, "204"),
            2 => ("GET /moved", 302, "302"),
            3 => ("DELETE /version", 405, "DELETE"),
            4 => ("PATCH /echo", 405, "PATCH"),
            _ => ("GET /nothing-here", 404, "404"),
        };
        int begun = shared.Versions.Now();
        RawClient client = await ConnectionAsync();
        WireMessage answer = await client.AskAsync($"{line} HTTP/1.1\r\nHost: soak.test\r\n\r\n");
        Judge(begun, answer, answer.Status == status);
    }

    /// <summary>Several requests in one piece: answered all, and in their order, which their sizes show.</summary>
    private async Task PipelineAsync()
    {
        _kind = "pipelined";
        int[] sizes = [.. Enumerable.Range(0, _random.Next(2, 7)).Select(_ => Sizes.Spread(_random, 20_000))];
        int begun = shared.Versions.Now();
        RawClient client = await ConnectionAsync();
        await client.SendAsync(string.Concat(sizes.Select(size => $"GET /download?bytes={size} HTTP/1.1\r\nHost: soak.test\r\n\r\n")));
        foreach (int size in sizes)
        {
            WireMessage answer = await client.ReadResponseAsync();
            Judge(begun, answer, answer.Status == 200 && answer.Body.Length == size && Pattern.FirstFault(answer.Body) < 0);
        }
    }

    /// <summary>Connection: close, which must be kept.</summary>
    private async Task CloseAsync()
    {
        _kind = "close";
        int begun = shared.Versions.Now(), size = Sizes.Next(_random);
        await LeaveAsync();
        RawClient client = await ConnectionAsync();
        WireMessage answer = await client.AskAsync($"GET /download?bytes={size}&chunked={_random.Next(2)} HTTP/1.1\r\nHost: soak.test\r\nConnection: close\r\n\r\n");
        bool ended = (await client.ReadToEndAsync()).Length == 0 && client.End == WireEnd.Closed;
        Judge(begun, answer, answer.Status == 200 && answer.Body.Length == size && Pattern.FirstFault(answer.Body) < 0 && answer.HasToken("Connection", "close") && ended);
        await LeaveAsync();
    }

    /// <summary>HTTP/1.0, whose clients know no chunks.</summary>
    private async Task OldAsync()
    {
        _kind = "HTTP/1.0";
        int begun = shared.Versions.Now(), size = Sizes.Next(_random);
        await LeaveAsync();
        RawClient client = await ConnectionAsync();
        WireMessage answer = await client.AskAsync($"GET /download?bytes={size}&chunked={_random.Next(2)} HTTP/1.0\r\n\r\n");
        Judge(begun, answer, answer.Status == 200 && !answer.IsChunked && answer.Body.Length == size && Pattern.FirstFault(answer.Body) < 0);
        await LeaveAsync();
    }

    private async Task AbortUploadAsync()
    {
        _kind = "aborted upload";
        await LeaveAsync();
        RawClient client = await ConnectionAsync();
        int promised = Sizes.Next(_random) + 2;
        await client.SendAsync(string.Create(CultureInfo.InvariantCulture, $"POST /upload HTTP/1.1\r\nHost: soak.test\r\nContent-Length: {promised}\r\n\r\n"));
        await client.SendAsync(new byte[_random.Next(promised)]);
        await GiveUpAsync(client);
    }

    private async Task AbortDownloadAsync()
    {
        _kind = "aborted download";
        await LeaveAsync();
        RawClient client = await ConnectionAsync();
        await client.SendAsync($"GET /download?bytes=2000000&chunked={_random.Next(2)} HTTP/1.1\r\nHost: soak.test\r\n\r\n");
        await client.ReadExactlyAsync(_random.Next(1, 300_000));
        await GiveUpAsync(client);
    }

    private async Task GiveUpAsync(RawClient client)
    {
        // Some go at once, some a moment later, when more of it is under way.
        if (_random.Next(2) == 0) await Task.Yield();
        if (_random.Next(2) == 0) client.Reset();
        shared.Tally.Well(_kind);
        await LeaveAsync();
    }

    private void Judge(int begun, WireMessage answer, bool right)
    {
        string version = answer["X-App-Version"] ?? "nobody";
        if (!right) shared.Tally.Fail(_kind, $"not the right answer:\n{answer.Head} with a body of {answer.Body.Length} bytes");
        else if (!shared.Versions.IsRight(begun, version)) shared.Tally.Fail(_kind, $"answered by {version}, which was not active any more");
        else shared.Tally.Well(_kind, answer.Body.Length);
    }

    private async Task<RawClient> ConnectionAsync() => _client ??= await RawClient.ConnectAsync(shared.Port, keepAll: false);

    private async Task LeaveAsync()
    {
        if (_client is { } client) await client.DisposeAsync();
        _client = null;
    }
}
