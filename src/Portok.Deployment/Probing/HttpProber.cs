using System.Net;
using System.Net.Sockets;

namespace Portok.Deployment.Probing;

/// <summary>
/// Probes over HTTP/1.1: one GET of the health path on a connection of its own, which is closed afterwards. No proxy, no
/// redirects, no cookies, no decompression, no tracing headers, no second try. Any thread.
/// </summary>
/// <remarks>
/// The last needed byte of a healthy answer is the end of its body or the 65,536th byte of it, whichever comes first: an app
/// that sends a head and then stalls or breaks off does not serve. Of an answer that is not 2xx the head alone decides; its
/// body is only looked at for the words it begins with, and only for a moment.
/// </remarks>
public sealed class HttpProber(LiveSettings settings, TimeProvider time) : IProber
{
    private const int NeededBody = 64 * 1024;

    private static readonly TimeSpan MomentForWords = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public async Task<ProbeResult> ProbeAsync(int port, CancellationToken cancellation)
    {
        var now = settings.Current;
        var began = time.GetTimestamp();
        var finding = new Finding();
        using var timeout = new CancellationTokenSource(now.HealthTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await AskAsync(port, now.HealthPath, finding, either.Token);
            if (!finding.Is2xx)
                finding.Failure = ProbeFailure.Status;
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            finding.Failure = timeout.IsCancellationRequested ? ProbeFailure.Timeout : ProbeFailures.Of(e, finding.Connected);
        }

        return new ProbeResult(
            port,
            finding.Failure == ProbeFailure.None,
            finding.Status,
            time.GetElapsedTime(began).TotalMilliseconds,
            finding.Failure,
            PrintableText.Start(finding.BodyStart.Span),
            time.GetUtcNow());
    }

    private async Task AskAsync(int port, string path, Finding finding, CancellationToken cancellation)
    {
        // A handler a probe is a connection a probe; its disposal closes it.
        using var handler = NewHandler(async (_, _) => await ConnectOnceAsync(port, finding, cancellation));
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var request = NewRequest(port, path);
        using var response = await client.SendAsync(request, cancellation);
        finding.Status = (int)response.StatusCode;

        if (finding.Is2xx)
        {
            await ReadBodyAsync(response, finding, NeededBody, cancellation);
            return;
        }

        using var moment = new CancellationTokenSource(MomentForWords, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, moment.Token);
        try
        {
            await ReadBodyAsync(response, finding, PrintableText.MaxBytes, either.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has decided already; what was read of the body is enough.
        }
    }

    private static async Task ReadBodyAsync(HttpResponseMessage response, Finding finding, int needed, CancellationToken cancellation)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[8 * 1024];
        var start = new byte[PrintableText.MaxBytes];
        var read = 0;
        while (read < needed)
        {
            var n = await body.ReadAsync(buffer, cancellation);
            if (n == 0)
                return;
            if (read < start.Length)
            {
                var kept = Math.Min(n, start.Length - read);
                buffer.AsSpan(0, kept).CopyTo(start.AsSpan(read));
                finding.BodyStart = start.AsMemory(0, read + kept);
            }

            read += n;
        }
    }

    // The handler asks again, up to three times, when a connection is closed without an answer. A probe asks once: an app
    // that drops every other connection is not healthy.
    private static async ValueTask<Stream> ConnectOnceAsync(int port, Finding finding, CancellationToken cancellation)
    {
        if (finding.Connected)
            throw new IOException("The connection was closed without an answer.");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            finding.Connected = true;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SocketsHttpHandler NewHandler(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) => new()
    {
        ConnectCallback = connect,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = Timeout.InfiniteTimeSpan, // The whole probe has one timeout, and it is not the system clock's.
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0, // What was not asked for is not waited for.
    };

    private static HttpRequestMessage NewRequest(int port, string path)
    {
        // The path as it was configured, byte for byte: no dot segments removed, no escapes rewritten.
        var asGiven = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}{path}", in asGiven))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "portok-probe");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.ConnectionClose = true;
        return request;
    }

    /// <summary>What is known so far; kept outside the flow that finds it out, so that a timeout does not lose it.</summary>
    private sealed class Finding
    {
        public bool Connected { get; set; }

        public int? Status { get; set; }

        public ProbeFailure Failure { get; set; }

        public ReadOnlyMemory<byte> BodyStart { get; set; }

        public bool Is2xx => Status is >= 200 and <= 299;
    }
}
