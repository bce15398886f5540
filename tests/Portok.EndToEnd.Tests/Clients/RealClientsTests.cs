using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;

namespace Portok.EndToEnd.Tests.Clients;

/// <summary>Clients nobody here wrote, through Portok, to apps nobody here wrote the HTTP of.</summary>
public sealed class RealClientsTests(RealClientsTests.Origins origins) : IClassFixture<RealClientsTests.Origins>
{
    /// <summary>A daemon before each kind of app.</summary>
    public sealed class Origins : IAsyncLifetime
    {
        private readonly List<IAsyncDisposable> _owned = [];

        /// <summary>The public ports by origin.</summary>
        public Dictionary<string, int> Ports { get; } = new(StringComparer.Ordinal);

        public async ValueTask InitializeAsync()
        {
            foreach ((string name, Task<ForeignApp> starting) in new[] { ("aspnet", ForeignApp.AspNetAsync()), ("node", ForeignApp.NodeAsync()), ("nginx", ForeignApp.NginxAsync()) })
            {
                ForeignApp app = await starting;
                (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
                _owned.AddRange([instance, app]);
                Ports[name] = daemon.Port;
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (IAsyncDisposable owned in _owned)
                await owned.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    public async Task Undici_IsContent(string origin) => await NodeClients.UndiciIsContentAsync(origins.Ports[origin], "v1");

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    public async Task Ws_IsContent(string origin) => await NodeClients.WsIsContentAsync(origins.Ports[origin]);

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    [InlineData("nginx")]
    public async Task Curl_GetsHeadsFollowsAndKeepsItsConnection(string origin)
    {
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{origins.Ports[origin]}");
        (await CurlAsync("-fsS", $"{url}/version")).ShouldBe("v1");
        (await CurlAsync("-fsS", "--http1.0", $"{url}/version")).ShouldBe("v1");
        (await CurlAsync("-fsSL", $"{url}/moved", "-w", " %{num_redirects}", "-H", $"Host: 127.0.0.1:{origins.Ports[origin]}")).ShouldBe("v1 1");
        (await CurlAsync("-sSI", $"{url}/version")).ShouldStartWith("HTTP/1.1 200 ");
        (await CurlAsync("-sS", "-o", "/dev/null", "-w", "%{http_code}", $"{url}/empty")).ShouldBe("204");
        (await CurlAsync("-sS", "-o", "/dev/null", "-w", "%{http_code}", $"{url}/nothing-here")).ShouldBe("404");
        (await CurlAsync("-fsS", "-w", " %{num_connects}\n", $"{url}/version", $"{url}/version")).ShouldBe("v1 1\nv1 0\n");
    }

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    public async Task Curl_UploadsWithExpectAndInChunks(string origin)
    {
        using var folder = new TempFolder();
        byte[] body = RandomNumberGenerator.GetBytes(3_000_000);
        await File.WriteAllBytesAsync(folder.Combine("body"), body);
        string wanted = $"{body.Length} {Convert.ToHexStringLower(SHA256.HashData(body))}";
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{origins.Ports[origin]}");
        (await CurlAsync("-fsS", "-H", "Expect: 100-continue", "--data-binary", $"@{folder.Combine("body")}", $"{url}/upload")).ShouldBe(wanted);
        (await CurlAsync("-fsS", "-X", "POST", "-H", "Transfer-Encoding: chunked", "--data-binary", $"@{folder.Combine("body")}", $"{url}/upload")).ShouldBe(wanted);
        await CurlAsync("-fsS", "--data-binary", $"@{folder.Combine("body")}", "-o", folder.Combine("echo"), $"{url}/echo");
        (await File.ReadAllBytesAsync(folder.Combine("echo"))).AsSpan().SequenceEqual(body).ShouldBeTrue();
    }

    [Fact]
    public async Task Curl_RangesAndConditionsOfNginx_Pass()
    {
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{origins.Ports["nginx"]}/download");
        using var folder = new TempFolder();
        await CurlAsync("-fsS", "-o", folder.Combine("all"), "-D", folder.Combine("head"), url);
        Pattern.FirstFault(await File.ReadAllBytesAsync(folder.Combine("all"))).ShouldBe(-1);
        await CurlAsync("-fsS", "-o", folder.Combine("part"), "-r", "251000-999999", url);
        Pattern.FirstFault(await File.ReadAllBytesAsync(folder.Combine("part")), 251_000).ShouldBe(-1);
        string etag = (await File.ReadAllLinesAsync(folder.Combine("head"))).Single(line => line.StartsWith("ETag:", StringComparison.Ordinal))[6..];
        (await CurlAsync("-sS", "-o", "/dev/null", "-w", "%{http_code}", "-H", $"If-None-Match: {etag}", url)).ShouldBe("304");
    }

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    public async Task HttpClient_ManyAtOnceOfAllKinds_AreRight(string origin)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{origins.Ports[origin]}"), Timeout = Patience.Long };
        await Task.WhenAll(Enumerable.Range(1, 40).Select(async number =>
        {
            (await http.GetStringAsync("/version")).ShouldBe("v1");
            byte[] body = RandomNumberGenerator.GetBytes(number * 1000);
            using HttpResponseMessage echo = await http.PostAsync("/echo", new ByteArrayContent(body));
            (await echo.Content.ReadAsByteArrayAsync()).SequenceEqual(body).ShouldBeTrue();
            byte[] download = await http.GetByteArrayAsync($"/download?bytes={number * 5000}{(number % 2 == 0 ? "&chunked=1" : "")}");
            download.Length.ShouldBe(number * 5000);
            Pattern.FirstFault(download).ShouldBe(-1);
        }));
    }

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    public async Task HttpClient_StreamingWithExpect_IsRight(string origin)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{origins.Ports[origin]}"), Timeout = Patience.Long };
        http.DefaultRequestHeaders.ExpectContinue = true;
        byte[] body = RandomNumberGenerator.GetBytes(2_000_000);
        using var content = new StreamContent(new MemoryStream(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe($"{body.Length} {Convert.ToHexStringLower(SHA256.HashData(body))}");
    }

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    public async Task HttpClient_ServerSentEvents_ComeAsTheyAreSent(string origin)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{origins.Ports[origin]}"), Timeout = Patience.Long };
        await using Stream stream = await http.GetStreamAsync("/events?everyMs=30");
        using var reader = new StreamReader(stream);
        for (int number = 0; number < 20; number++)
        {
            (await reader.ReadLineAsync().WaitAsync(Patience.Normal)).ShouldBe($"data: v1 {number.ToString(CultureInfo.InvariantCulture)}");
            (await reader.ReadLineAsync().WaitAsync(Patience.Normal)).ShouldBe("");
        }
    }

    [Theory]
    [InlineData("aspnet")]
    [InlineData("node")]
    public async Task ClientWebSocket_SmallAndLargeMessages_ComeBack(string origin)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{origins.Ports[origin]}/ws"), CancellationToken.None);
        foreach (int size in new[] { 0, 1, 125, 126, 65_535, 65_536, 1_000_000 })
        {
            byte[] message = RandomNumberGenerator.GetBytes(size);
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            (await ReceiveAsync(socket)).SequenceEqual(message).ShouldBeTrue($"a message of {size} bytes");
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None).WaitAsync(Patience.Normal);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket)
    {
        using var whole = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience.Normal);
            whole.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return whole.ToArray();
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        ProcessResult result = await ProcessRunner.RunAsync("curl", ["--max-time", "30", "--noproxy", "*", .. arguments]);
        result.ExitCode.ShouldBe(0, $"curl {string.Join(' ', arguments)}\n{result.Errors}{result.Output}");
        return result.Output;
    }
}
