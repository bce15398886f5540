using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Portok.Admin.Contract;

namespace Portok.Cli.Doctor.Sources;

/// <summary>Asks an app for its health as the daemon would: GET at 127.0.0.1, a fresh connection, no redirects, only 2xx is healthy.</summary>
internal static class TargetProbe
{
    private const int MaxBodyBytes = 64 * 1024;

    public static async Task<ProbeReport> RunAsync(int port, string path, TimeSpan timeout, CancellationToken cancellation)
    {
        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(timeout);
        using SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null };
        using HttpClient http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        long started = Stopwatch.GetTimestamp();
        try
        {
            // The path as it is, not as a Uri would tidy it.
            Uri at = new($"http://127.0.0.1:{port}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using HttpResponseMessage response = await http.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, bounded.Token).ConfigureAwait(false);
            await ReadSomeAsync(response, bounded.Token).ConfigureAwait(false);
            return Report((int)response.StatusCode, response.IsSuccessStatusCode ? null : ProbeFailures.Status);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Report(status: null, ProbeFailures.Timeout);
        }
        catch (HttpRequestException failure)
        {
            bool refused = failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            return Report(status: null, refused ? ProbeFailures.Refused : failure.HttpRequestError == HttpRequestError.InvalidResponse ? ProbeFailures.Invalid : ProbeFailures.Reset);
        }
        catch (IOException)
        {
            return Report(status: null, ProbeFailures.Reset);
        }

        ProbeReport Report(int? status, string? failure) =>
            new() { Status = status, ElapsedMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds, Failure = failure, BodyStart = null };
    }

    /// <summary>Whether something listens on the port at ::1.</summary>
    public static async Task<bool> AnswersOnIPv6LoopbackAsync(int port, CancellationToken cancellation)
    {
        try
        {
            using Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, port), cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task ReadSomeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        byte[] buffer = new byte[8192];
        for (int total = 0, read; total < MaxBodyBytes && (read = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            total += read;
        }
    }
}
