using System.Text.Json.Serialization;

namespace Portok.Admin.Contract;

/// <summary>Every answer that is no success.</summary>
public sealed record ErrorAnswer
{
    /// <summary>What is wrong, in a few words that stay the same from case to case.</summary>
    public required string Error { get; init; }

    /// <summary>What happened here and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>The probe that led to the refusal; left out when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProbeReport? Probe { get; init; }

    /// <summary>The active port, where it is the reason (<c>expect</c> named another); left out elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ActivePort { get; init; }
}
