using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portok.Deployment.State;

/// <summary>The state file, member for member in the order they are written. The names of the first two are npm portok's.</summary>
internal sealed class StateFileModel
{
    public int? ActivePort { get; set; }
    public SwitchModel? LastSwitch { get; set; }
    public WindowModel? Rollback { get; set; }
    public string? Instance { get; set; }
    public DateTimeOffset? SavedAt { get; set; }
    public int? Format { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Checksum { get; set; }
}

internal sealed class SwitchModel
{
    public int? From { get; set; }
    public int? To { get; set; }
    public DateTimeOffset? At { get; set; }
    public string? Reason { get; set; }
    public string? Id { get; set; }
}

internal sealed class WindowModel
{
    public int? PreviousPort { get; set; }
    public DateTimeOffset? Until { get; set; }
}

/// <summary>For people: indented.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcMilliseconds)])]
[JsonSerializable(typeof(StateFileModel))]
internal sealed partial class StateFileJson : JsonSerializerContext;

/// <summary>For the checksum: the same without white space.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = false,
    Converters = [typeof(UtcMilliseconds)])]
[JsonSerializable(typeof(StateFileModel))]
internal sealed partial class CanonicalJson : JsonSerializerContext;

/// <summary>Times as npm portok wrote them: <c>2024-01-15T10:30:00.000Z</c>.</summary>
internal sealed class UtcMilliseconds : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw new JsonException("not a time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
