using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Portok.Differential.Wire;

namespace Portok.Differential.Judges;

/// <summary>Kestrel as an origin, in this process.</summary>
internal sealed class KestrelOrigin : IAsyncDisposable
{
    private const int LargestHead = 256 * 1024;

    private readonly WebApplication _app;

    private KestrelOrigin(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    public static async Task<KestrelOrigin> StartAsync()
    {
        int port = FreePort.Next();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MaxRequestHeadersTotalSize = LargestHead;
            options.Limits.MaxRequestLineSize = LargestHead / 2;
            options.Limits.MaxRequestBufferSize = null;
            options.Limits.MaxRequestHeaderCount = 1000;
        });
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Run(TellAsync);
        await app.StartAsync();
        return new KestrelOrigin(app, port);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task TellAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        // A message that does not end throws here: it is not told of.
        await context.Request.Body.CopyToAsync(body);
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string hash = Convert.ToHexStringLower(SHA256.HashData(body.ToArray()))[..16];
        context.Response.Headers[RecordingOrigin.Mark] = $"{context.Request.Method} {Convert.ToBase64String(Encoding.Latin1.GetBytes(target))} {body.Length} {hash}";
        context.Response.ContentLength = 0;
    }
}
