using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;

namespace Portok.Cli.Connection;

/// <summary>
/// Speaks to one daemon's admin API, over its Unix socket or TCP: plain HTTP, one request at a time, bounded in time and
/// size. Redirects are not followed and the environment's proxies are not used: either would hand the token to somebody else.
/// </summary>
internal sealed class AdminClient : IDisposable
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly AdminEndpoint _endpoint;
    private readonly TimeSpan _timeout;
    private readonly HttpClient _http;

    /// <param name="timeout">For one whole request, connect included.</param>
    public AdminClient(AdminEndpoint endpoint, TimeSpan timeout)
    {
        _endpoint = endpoint;
        _timeout = timeout;
        SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (_, cancellation) => await ConnectAsync(cancellation).ConfigureAwait(false),
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = endpoint.Url ?? new Uri("http://localhost"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }

    /// <summary>GET of one of <see cref="AdminPaths"/>.</summary>
    /// <exception cref="CommandFailure">The daemon is out of reach, or what answers is no daemon.</exception>
    public Task<AdminAnswer> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, cancellation);

    /// <summary>POST to one of <see cref="AdminPaths"/>, with its query.</summary>
    /// <exception cref="CommandFailure">The daemon is out of reach, or what answers is no daemon.</exception>
    public Task<AdminAnswer> PostAsync(string pathAndQuery, CancellationToken cancellation) => SendAsync(HttpMethod.Post, pathAndQuery, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<AdminAnswer> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(_timeout);
        using HttpRequestMessage request = new(method, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_endpoint.Token is { } token)
        {
            // Without validation a token with a line end would be dropped in silence.
            if (!token.All(c => c is > ' ' and <= '~'))
            {
                throw CommandFailure.WrongUse("The token cannot be sent: it holds a character other than visible ASCII.");
            }

            request.Headers.TryAddWithoutValidation(AdminHeaders.Token, token);
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, bounded.Token).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(bounded.Token).ConfigureAwait(false);
            if (!IsJsonObject(body))
            {
                throw new CommandFailure(ExitCode.OutOfReach, "Not portokd", $"Something answers at {_endpoint.Described} (HTTP {(int)response.StatusCode}), but it is not portokd's admin API.");
            }

            return new AdminAnswer((int)response.StatusCode, body, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailure(ExitCode.OutOfReach, "No answer", $"No answer from {_endpoint.Described} within {_timeout.TotalSeconds:0.##} s.");
        }
        catch (HttpRequestException failure)
        {
            throw OutOfReach(failure);
        }
    }

    private CommandFailure OutOfReach(HttpRequestException failure)
    {
        SocketException? socket = failure.InnerException as SocketException;
        string reason = socket?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "nothing listens there",
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the host name is unknown",
            SocketError.AccessDenied => "permission denied",
            SocketError.TimedOut => "no answer to connecting",
            null when failure.HttpRequestError == HttpRequestError.ResponseEnded => "the connection was closed without an answer",
            null when failure.HttpRequestError == HttpRequestError.InvalidResponse => "what answers does not speak HTTP/1.1",
            null when failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded => "the answer is too long to be portokd's",
            null => failure.InnerException?.Message ?? failure.Message,
            _ => socket.Message,
        };
        string hint = _endpoint.Instance is { } instance
            ? $"Is it running? Try: systemctl status portok@{instance}"
            : "Is portokd running there? --url or --instance says where to look.";
        return new CommandFailure(ExitCode.OutOfReach, "Daemon out of reach", $"Cannot reach portokd at {_endpoint.Described}: {reason}. {hint}");
    }

    /// <summary>The socket when there is one that lets us in, else TCP. Nothing has been sent on the one that failed, so no request is made twice.</summary>
    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(ConnectTimeout);
        try
        {
            if (_endpoint.SocketPath is { } path)
            {
                try
                {
                    return await ConnectAsync(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path), bounded.Token).ConfigureAwait(false);
                }
                catch (SocketException) when (_endpoint.Url is not null)
                {
                    // No such socket, nobody behind it, or not for this user: the token may still open the public port.
                }
            }

            Uri url = _endpoint.Url!;
            return await ConnectAsync(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, new DnsEndPoint(url.IdnHost, url.Port), bounded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static async Task<Stream> ConnectAsync(Socket socket, EndPoint to, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(to, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsJsonObject(byte[] body)
    {
        try
        {
            Utf8JsonReader reader = new(body);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
