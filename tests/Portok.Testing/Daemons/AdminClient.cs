using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Portok.Testing;

/// <summary>An answer of the admin API.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Json">The body, parsed; undefined when it was no JSON.</param>
/// <param name="Text">The body as text.</param>
/// <param name="Fields">Header fields, names lower-case, values joined.</param>
public sealed record AdminAnswer(int Status, JsonElement Json, string Text, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>A property of the body by its path, e.g. "lastSwitch.to".</summary>
    /// <exception cref="KeyNotFoundException">There is no such property.</exception>
    public JsonElement this[string path]
    {
        get
        {
            JsonElement element = Json;
            foreach (string name in path.Split('.'))
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                    throw new KeyNotFoundException($"No \"{path}\" in {Text}");
            }

            return element;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Status.ToString(CultureInfo.InvariantCulture)} {Text}";
}

/// <summary>Calls the admin API of one daemon, each call on a connection of its own, on the public port or on a Unix socket.</summary>
public sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="port">The public port of the daemon.</param>
    /// <param name="token">Sent as x-admin-token; null sends none.</param>
    /// <param name="unixSocket">Path of the admin API's Unix socket, used instead of the public port.</param>
    public AdminClient(int port, string? token, string? unixSocket = null)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false, AllowAutoRedirect = false };
        if (unixSocket is not null)
        {
            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(unixSocket), cancellation).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
            Timeout = Patience.Long,
        };
        if (token is not null)
            _http.DefaultRequestHeaders.Add("x-admin-token", token);
    }

    /// <summary>GET /__status.</summary>
    public Task<AdminAnswer> StatusAsync() => CallAsync(HttpMethod.Get, "/__status");

    /// <summary>GET /__metrics.</summary>
    public Task<AdminAnswer> MetricsAsync() => CallAsync(HttpMethod.Get, "/__metrics");

    /// <summary>GET /__health.</summary>
    public Task<AdminAnswer> HealthAsync() => CallAsync(HttpMethod.Get, "/__health");

    /// <summary>POST /__switch.</summary>
    /// <param name="port">The port to switch to.</param>
    /// <param name="more">More of the query, e.g. "&amp;expect=8080".</param>
    public Task<AdminAnswer> SwitchAsync(int port, string more = "")
        => CallAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/__switch?port={port}{more}"));

    /// <summary>Any call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="fields">More header fields.</param>
    public async Task<AdminAnswer> CallAsync(HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in fields)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _http.SendAsync(request).ConfigureAwait(false);
        string text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(field => field.Key.ToLowerInvariant(), field => string.Join(", ", field.Value), StringComparer.Ordinal);
        return new AdminAnswer((int)response.StatusCode, Parse(text), text, all);
    }

    /// <summary>The active port, from /__status.</summary>
    public async Task<int> ActivePortAsync() => (await StatusAsync().ConfigureAwait(false))["activePort"].GetInt32();

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
