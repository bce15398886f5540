using System.Net.Sockets;

namespace Portok.Deployment.Probing;

/// <summary>What an exception of the HTTP client means for a probe.</summary>
internal static class ProbeFailures
{
    /// <param name="connected">The connection was made: whatever broke, broke after that.</param>
    public static ProbeFailure Of(Exception fault, bool connected)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }:
                    return connected ? ProbeFailure.Reset : ProbeFailure.Refused;
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }:
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                case SocketException:
                    return ProbeFailure.Reset;
            }
        }

        return ProbeFailure.Invalid;
    }
}
