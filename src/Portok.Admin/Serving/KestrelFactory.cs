using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portok.Admin.Sockets;

namespace Portok.Admin.Serving;

/// <summary>
/// Builds the HTTP server by hand. Without a host there is no configuration, so no DOTNET_ or ASPNETCORE_ variable and no
/// file can make it listen elsewhere, and it starts in a fraction of the time.
/// </summary>
internal static class KestrelFactory
{
    // The data plane's own limit on a request head goes up to 1 MiB, and is the one that shall be met first.
    private const int MaxHeadBytes = (1024 + 64) * 1024;
    private const int MaxHeaders = 1100;
    private const int MaxBodyBytes = 64 * 1024;

    /// <param name="relayed">The private socket, which the data plane relays to.</param>
    /// <param name="local">ADMIN_UNIX_SOCKET, if there is one.</param>
    public static KestrelServer Create(SocketFile relayed, SocketFile? local, IPeerCredentials credentials, ILogger logger, ILoggerFactory loggers)
    {
        var quiet = new QuietLoggerFactory(loggers);
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestLineSize = MaxHeadBytes;
        options.Limits.MaxRequestHeadersTotalSize = MaxHeadBytes;
        options.Limits.MaxRequestBufferSize = MaxHeadBytes;
        options.Limits.MaxRequestHeaderCount = MaxHeaders;
        options.Limits.MaxRequestBodySize = MaxBodyBytes;

        // Latin-1 keeps every byte, so that a token is compared as it was sent.
        options.RequestHeaderEncodingSelector = _ => Encoding.Latin1;

        Listen(options, relayed, _ => AdminEntrance.FromPublicPort);
        if (local is not null)
            Listen(options, local, connection => FromUnixSocket(connection, credentials, logger));

        var transport = new SocketTransportOptions
        {
            CreateBoundListenSocket = endpoint => Owner(endpoint, relayed, local).Bind(endpoint),
        };
        return new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(transport), quiet), quiet);
    }

    private static void Listen(KestrelServerOptions options, SocketFile file, Func<ConnectionContext, AdminEntrance> entrance) =>
        options.ListenUnixSocket(file.Path, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                connection.Features.Set(entrance(connection));
                return next(connection);
            });
        });

    private static AdminEntrance FromUnixSocket(ConnectionContext connection, IPeerCredentials credentials, ILogger logger)
    {
        Socket? socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        uint? uid = socket is null ? null : credentials.UidOf(socket);
        if (uid is null)
            AdminLog.PeerUidUnknown(logger);
        return new AdminEntrance(Public: false, uid);
    }

    private static SocketFile Owner(EndPoint endpoint, SocketFile relayed, SocketFile? local) =>
        local is not null && string.Equals(endpoint.ToString(), local.Path, StringComparison.Ordinal) ? local : relayed;
}
