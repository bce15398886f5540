using System.Text.Json.Serialization;

namespace Portok.Admin.Contract;

/// <summary>Answer 200 (healthy) or 503 (not healthy) of <see cref="AdminPaths.Health"/>.</summary>
public sealed record HealthAnswer
{
    public required bool Healthy { get; init; }

    /// <summary>The port that was probed: the active one.</summary>
    public required int Port { get; init; }

    public required DateTimeOffset CheckedAt { get; init; }

    public required ProbeReport Probe { get; init; }

    /// <summary>With 503 what an error answer says in short; left out with 200.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>With 503 what an error answer says at length; left out with 200.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}
