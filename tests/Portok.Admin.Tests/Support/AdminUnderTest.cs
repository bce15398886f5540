using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Portok.Admin.Contract;

namespace Portok.Admin.Tests.Support;

/// <summary>The admin API on real sockets in a folder of its own, in front of fakes; and clients for both entrances.</summary>
internal sealed class AdminUnderTest : IAsyncDisposable
{
    public const string Token = "correct horse battery staple";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portok-admin-");
    private readonly List<HttpClient> _clients = [];
    private bool _disposed;

    public AdminUnderTest(Func<AdminSettings, AdminSettings>? change = null)
    {
        var settings = new AdminSettings
        {
            Token = Token,
            Version = "2.0.0-test",
            RateLimitPerMinute = 0,
            PrivateSocketDirectory = Path.Join(_folder.FullName, "private"),
            UnixSocketPath = Path.Join(_folder.FullName, "admin.sock"),
        };
        Settings = change is null ? settings : change(settings);
        Server = new AdminServer(Settings, Deployment, Traffic, Time, Log, Credentials, () => Process);
    }

    public FakeDeployment Deployment { get; } = new();

    public FakeTraffic Traffic { get; } = new();

    /// <summary>What is said of the process.</summary>
    public static ProcessReport Process { get; } = new()
    {
        RssBytes = 61,
        OpenDescriptors = 62,
        Threads = 63,
        CpuSeconds = 6.4,
        GcHeapBytes = 65,
        GcCollections = new GcReport { Gen0 = 68, Gen1 = 67, Gen2 = 66 },
    };

    public FakeCredentials Credentials { get; } = new();

    public FakeTimeProvider Time { get; } = new(Moments.Now);

    public LogCollector Log { get; } = new();

    public AdminSettings Settings { get; }

    public AdminServer Server { get; }

    public string Folder => _folder.FullName;

    public static async Task<AdminUnderTest> StartAsync(Func<AdminSettings, AdminSettings>? change = null)
    {
        var admin = new AdminUnderTest(change);
        await admin.Server.StartAsync(CancellationToken.None);
        return admin;
    }

    /// <summary>Asks as the data plane does for a client of the public port; null leaves a header out.</summary>
    public Task<Reply> PublicAsync(
        string method, string target, string? peer = "127.0.0.1", string? token = Token, params (string Name, string Value)[] headers)
    {
        List<(string, string)> all = [.. headers];
        if (peer is not null)
            all.Add((AdminHeaders.Peer, peer));
        if (token is not null)
            all.Add((AdminHeaders.Token, token));
        return SendAsync(Server.PrivateSocketPath, method, target, all);
    }

    /// <summary>Asks on ADMIN_UNIX_SOCKET.</summary>
    public Task<Reply> UnixAsync(string method, string target, params (string Name, string Value)[] headers) =>
        SendAsync(Settings.UnixSocketPath!, method, target, headers);

    /// <summary>Writes bytes as they are to a socket and reads up to the server's close.</summary>
    public static async Task<string> RawAsync(string socketPath, string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath));
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        return Encoding.Latin1.GetString(await ReadToCloseAsync(socket).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    /// <summary>Reads up to the close; a reset is one too, for what came before it has been read.</summary>
    public static async Task<byte[]> ReadToCloseAsync(Socket socket)
    {
        var read = new List<byte>();
        byte[] buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and int count)
                read.AddRange(buffer.AsSpan(0, count));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The server closed with bytes of ours unread.
        }

        return [.. read];
    }

    public HttpClient Client(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
            UseProxy = false,
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost"), Timeout = TimeSpan.FromSeconds(20) };
        lock (_clients)
            _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<Reply> SendAsync(string socketPath, string method, string target, IReadOnlyList<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://localhost" + target));
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        using HttpResponseMessage response = await Client(socketPath).SendAsync(request);
        return await Reply.ReadAsync(response);
    }
}
