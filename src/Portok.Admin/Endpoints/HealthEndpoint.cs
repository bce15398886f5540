using Portok.Admin.Contract;
using Portok.Admin.Serving;
using Portok.Deployment;
using Portok.Deployment.Probing;

namespace Portok.Admin.Endpoints;

/// <summary>GET /__health: probes the active port now.</summary>
internal sealed class HealthEndpoint(IDeployment deployment)
{
    public async Task<AdminReply> AnswerAsync(AdminSettings settings, CancellationToken cancellation)
    {
        ProbeResult probe = await deployment.ProbeActiveAsync(cancellation);
        var answer = new HealthAnswer
        {
            Healthy = probe.Healthy,
            Port = probe.Port,
            CheckedAt = probe.At,
            Probe = Reports.Of(probe),
            Error = probe.Healthy ? null : "Unhealthy",
            Message = probe.Healthy ? null : Reports.NotHealthy(probe.Port, settings.HealthPath),
        };
        return Replies.Json(probe.Healthy ? 200 : 503, answer, AdminJson.Default.HealthAnswer);
    }
}
