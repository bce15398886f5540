using Microsoft.Extensions.Logging;
using Portok.Admin.Contract;
using Portok.Admin.Serving;
using Portok.Deployment;
using Portok.Deployment.Switching;

namespace Portok.Admin.Endpoints;

/// <summary>POST /__switch: asks the control plane to switch and waits for the outcome.</summary>
internal sealed class SwitchEndpoint(IDeployment deployment, ILogger logger)
{
    public async Task<AdminReply> AnswerAsync(AdminSettings settings, string query, string caller, CancellationToken cancellation)
    {
        if (!SwitchArguments.TryParse(query, out SwitchRequest? request, out ErrorAnswer? fault))
            return Replies.Error(400, fault);

        SwitchOutcome outcome = await deployment.SwitchAsync(request, cancellation);
        AdminLog.SwitchAsked(logger, caller, request.Port, outcome.Kind.ToString());
        return Reply(outcome, request, settings);
    }

    private static AdminReply Reply(SwitchOutcome outcome, SwitchRequest request, AdminSettings settings) => outcome.Kind switch
    {
        SwitchOutcomeKind.Switched => Success(outcome, $"Switched to port {outcome.Record?.To ?? request.Port}"),
        SwitchOutcomeKind.AlreadyActive => Success(outcome, $"Port {request.Port} is already active"),
        SwitchOutcomeKind.ProbeFailed => Error(409, "Health check failed", Reports.NotHealthy(request.Port, settings.HealthPath), outcome),
        SwitchOutcomeKind.UnexpectedActivePort => Replies.Error(409, new ErrorAnswer
        {
            Error = "Unexpected active port",
            Message = $"The active port is {outcome.ActivePort}, not {request.Expect} as expected. Nothing was switched.",
            ActivePort = outcome.ActivePort,
        }),
        SwitchOutcomeKind.OwnPort => Error(400, "Invalid port", $"Port {request.Port} is the port Portok itself listens on. Give the port of the app.", outcome),
        SwitchOutcomeKind.StateNotWritable => Error(500, "State not writable", $"The state could not be written, so traffic stays on port {outcome.ActivePort}. {outcome.Detail}".TrimEnd(), outcome),
        SwitchOutcomeKind.Stopping => Error(503, "Stopping", $"Portok is stopping; nothing was switched. {outcome.Detail}".TrimEnd(), outcome),
        _ => throw new InvalidOperationException($"A switch ended as {outcome.Kind}, for which there is no answer."),
    };

    private static AdminReply Success(SwitchOutcome outcome, string message)
    {
        var answer = new SwitchAnswer
        {
            Success = true,
            Message = message,
            Switch = outcome.Record is null ? null : Reports.Of(outcome.Record),
            Probe = outcome.Probe is null ? null : Reports.Of(outcome.Probe),
        };
        return Replies.Json(200, answer, AdminJson.Default.SwitchAnswer);
    }

    private static AdminReply Error(int status, string error, string message, SwitchOutcome outcome) =>
        Replies.Error(status, new ErrorAnswer
        {
            Error = error,
            Message = message,
            Probe = outcome.Probe is null ? null : Reports.Of(outcome.Probe),
        });
}
