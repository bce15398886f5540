namespace Portok.Admin.Contract;

/// <summary>What a probe of the app found.</summary>
public sealed record ProbeReport
{
    /// <summary>The status code; null when no answer was understood.</summary>
    public required int? Status { get; init; }

    /// <summary>Milliseconds from connect to the last needed byte.</summary>
    public required double ElapsedMs { get; init; }

    /// <summary>One of <see cref="ProbeFailures"/>; null when the probe was healthy.</summary>
    public required string? Failure { get; init; }

    /// <summary>The start of the body as printable text; null when there was none.</summary>
    public required string? BodyStart { get; init; }
}

/// <summary>The words of <see cref="ProbeReport.Failure"/>.</summary>
public static class ProbeFailures
{
    /// <summary>Nothing listens on the port.</summary>
    public const string Refused = "refused";

    /// <summary>No whole answer inside HEALTH_TIMEOUT_MS.</summary>
    public const string Timeout = "timeout";

    /// <summary>The connection was cut before the answer was whole.</summary>
    public const string Reset = "reset";

    /// <summary>An answer with a status other than 2xx.</summary>
    public const string Status = "status";

    /// <summary>Bytes that are no HTTP answer.</summary>
    public const string Invalid = "invalid";
}
