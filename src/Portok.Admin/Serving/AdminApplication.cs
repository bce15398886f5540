using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Portok.Admin.Endpoints;
using Portok.Admin.Guard;

namespace Portok.Admin.Serving;

/// <summary>What the server calls for each request: guard, router, answer. Any thread.</summary>
internal sealed class AdminApplication(Router router, ILogger logger, LiveConfiguration initial) : IHttpApplication<IFeatureCollection>
{
    private LiveConfiguration _live = initial;

    public LiveConfiguration Live
    {
        get => Volatile.Read(ref _live);
        set => Volatile.Write(ref _live, value);
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
        // Nothing was made for the request.
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature incoming = context.GetRequiredFeature<IHttpRequestFeature>();
        CancellationToken aborted = context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        AdminRequest request = AdminRequest.Create(incoming.Method, incoming.RawTarget, incoming.Headers, aborted);
        AdminReply reply;
        try
        {
            reply = await AnswerAsync(request, context.GetRequiredFeature<AdminEntrance>());
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
            return;
        }
        catch (Exception e)
        {
            AdminLog.Failed(logger, e, Router.NameOf(request.Path));
            reply = Replies.Error(500, "Internal error", "Portok could not answer; its log says why.");
        }

        await WriteAsync(context, reply, withBody: request.Method is not "HEAD", aborted);
    }

    private async Task<AdminReply> AnswerAsync(AdminRequest request, AdminEntrance entrance)
    {
        LiveConfiguration live = Live;
        GuardVerdict verdict = entrance.Public
            ? live.PublicGuard.Check(request.Headers)
            : live.UnixGuard.Check(request.Headers, entrance.PeerUid);
        AdminReply reply = verdict.Refusal ?? await router.AnswerAsync(request, verdict.Caller, live.Settings);
        AdminLog.Asked(logger, verdict.Caller, Router.NameOf(request.Path), reply.Status);
        return reply;
    }

    private static async Task WriteAsync(IFeatureCollection context, AdminReply reply, bool withBody, CancellationToken aborted)
    {
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = reply.Status;
        IHeaderDictionary headers = response.Headers;
        headers.ContentType = "application/json";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentLength = reply.Body.Length;
        if (reply.Allow is not null)
            headers.Allow = reply.Allow;
        if (reply.Challenge is not null)
            headers.WWWAuthenticate = reply.Challenge;
        if (reply.RetryAfterSeconds is int seconds)
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        if (withBody)
        {
            PipeWriter body = context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
            await body.WriteAsync(reply.Body, aborted);
        }
    }
}
