using System.Net;
using System.Net.Sockets;
using System.Text;
using Portok.Cli.CommandLine;
using Portok.Cli.Demo.Load;

namespace Portok.Cli.Demo.Scenario;

/// <summary>Speaks to the sample app behind the daemon's back.</summary>
internal static class AppControl
{
    private const int WarmUpRequests = 300;
    private static readonly TimeSpan DoneWithin = TimeSpan.FromSeconds(10);

    /// <summary>Makes the app's /health answer 200 or 500.</summary>
    /// <exception cref="CommandFailure">It did not.</exception>
    public static Task SetHealthAsync(int port, bool healthy, CancellationToken cancellation) =>
        PostAsync(port, healthy ? "/demo/healthy" : "/demo/unhealthy", times: 1, cancellation);

    /// <summary>Lets the app's runtime compile what it needs, so that the switch is measured and not that.</summary>
    /// <exception cref="CommandFailure">It did not answer.</exception>
    public static Task WarmUpAsync(int port, CancellationToken cancellation) => PostAsync(port, "/echo", WarmUpRequests, cancellation);

    private static async Task PostAsync(int port, string path, int times, CancellationToken cancellation)
    {
        IPEndPoint app = new(IPAddress.Loopback, port);
        byte[] request = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {app}\r\nContent-Length: 0\r\n\r\n");
        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(DoneWithin);
        try
        {
            using LoadConnection connection = await LoadConnection.OpenAsync(app, bounded.Token).ConfigureAwait(false);
            for (int i = 0; i < times; i++)
            {
                LoadResponse response = await connection.ExchangeAsync(request, bounded.Token).ConfigureAwait(false);
                if (response.Status != 200)
                {
                    throw new InvalidDataException($"HTTP {response.Status}");
                }
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or SocketException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CommandFailure(ExitCode.Refused, "Demo failed", $"POST {path} to the app on port {port} failed: {failure.Message}");
        }
    }
}
