using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portok.Admin.Contract;

/// <summary>
/// The JSON of the admin API: camelCase keys, nulls written unless a member says otherwise, times with milliseconds and Z.
/// Unknown keys are passed over when reading, so that an older command line understands a newer daemon.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(IsoMillisecondsConverter)])]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(MetricsAnswer))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
public sealed partial class AdminJson : JsonSerializerContext;
