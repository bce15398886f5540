using Portok.Admin.Contract;
using Portok.Admin.Serving;
using Portok.Deployment;

namespace Portok.Admin.Endpoints;

/// <summary>GET /__status: one consistent picture of the control plane.</summary>
internal sealed class StatusEndpoint(IDeployment deployment, TimeProvider time)
{
    public AdminReply Answer(AdminSettings settings)
    {
        DeploymentStatus status = deployment.Status;
        DrainReport[] drains = [.. status.Drains.OrderByDescending(drain => drain.Until).Select(Reports.Of)];
        var answer = new StatusAnswer
        {
            ActivePort = status.ActivePort,
            DrainUntil = status.DrainUntil,
            LastSwitch = status.LastSwitch is null ? null : Reports.Of(status.LastSwitch),
            Instance = status.Instance,
            Version = settings.Version,
            UptimeSeconds = Math.Max(0, (long)(time.GetUtcNow() - status.StartedAt).TotalSeconds),
            Rollback = new RollbackReport
            {
                ArmedUntil = status.Rollback.ArmedUntil,
                Failures = status.Rollback.Failures,
                PreviousPort = status.Rollback.PreviousPort,
            },
            Drain = drains.FirstOrDefault(),
            Drains = drains,
        };
        return Replies.Json(200, answer, AdminJson.Default.StatusAnswer);
    }
}
