namespace Portok.Deployment.Probing;

/// <summary>A probe's outcome in words.</summary>
internal static class ProbeWords
{
    public static string Describe(this ProbeResult probe) => probe.Failure switch
    {
        ProbeFailure.None => $"answered {probe.Status}",
        ProbeFailure.Refused => "the connection was refused",
        ProbeFailure.Timeout when probe.Status is { } status => $"answered {status}, but not whole within the timeout",
        ProbeFailure.Timeout => "no answer within the timeout",
        ProbeFailure.Reset when probe.Status is { } status => $"answered {status}, but broke off",
        ProbeFailure.Reset => "the connection was closed without an answer",
        ProbeFailure.Status => $"answered {probe.Status}, not 2xx",
        _ => "the answer was not valid HTTP",
    };
}
