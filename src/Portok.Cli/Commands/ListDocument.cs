using System.Text.Json.Serialization;
using Portok.Admin.Contract;

namespace Portok.Cli.Commands;

/// <summary>What <c>list --json</c> prints.</summary>
internal sealed record ListDocument(IReadOnlyList<ListRow> Instances);

/// <summary>One instance. What cannot be known is null, and every key is always there.</summary>
internal sealed record ListRow
{
    public required string Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? ListenPort { get; init; }

    /// <summary>INITIAL_TARGET_PORT.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? TargetPort { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? ActivePort { get; init; }

    /// <summary>systemd's ActiveState, "not-found" without a unit; null without systemd.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? Enabled { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? Healthy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SwitchReport? LastSwitch { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? RequestsPerSecond { get; init; }

    /// <summary>Why the daemon did not say; null: it did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Problem { get; init; }

    /// <summary>What is wrong with the env file.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}
