namespace Portok.Differential.Judges;

/// <summary>SocketsHttpHandler.</summary>
internal sealed class DotNetClient : IClientJudge
{
    public string Name => ".NET as client";

    public async Task<(ClientReading First, ClientReading Next)> AskAsync(int port, string method)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false, AllowAutoRedirect = false, MaxResponseHeadersLength = 128 };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        return (await AskAsync(client, port, "/", method), await AskAsync(client, port, "/next", "GET"));
    }

    private static async Task<ClientReading> AskAsync(HttpClient client, int port, string path, string method)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://127.0.0.1:{port}{path}"));
            using HttpResponseMessage response = await client.SendAsync(request);
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            return new((int)response.StatusCode, body.Length, ReadMessage.Hash(body), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            return new(0, 0, "", fault is HttpRequestException http ? $"{http.HttpRequestError}" : fault.GetType().Name);
        }
    }
}
