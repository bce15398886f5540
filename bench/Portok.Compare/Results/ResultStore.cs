using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portok.Compare.Results;

/// <summary>
/// The results of a folder, a file for each scenario. A run replaces the files of the scenarios it measured and leaves the
/// others, so a long run can be done in parts, and the report is always made from all of them.
/// </summary>
internal sealed class ResultStore(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public string Folder => folder;

    private string Scenarios => Path.Combine(folder, "scenarios");

    public static string ToJson(object result) => JsonSerializer.Serialize(result, Json);

    public void Save(ScenarioResult result)
    {
        Directory.CreateDirectory(Scenarios);
        File.WriteAllText(Path.Combine(Scenarios, result.Name + ".json"), ToJson(result) + "\n");
    }

    /// <summary>All results there are.</summary>
    public IReadOnlyList<ScenarioResult> Load() => Directory.Exists(Scenarios)
        ? [.. Directory.EnumerateFiles(Scenarios, "*.json").Order(StringComparer.Ordinal).Select(Read)]
        : [];

    private static ScenarioResult Read(string path) => Parse(File.ReadAllText(path))
        ?? throw new InvalidDataException($"{path} holds no result");

    internal static ScenarioResult? Parse(string json) => JsonSerializer.Deserialize<ScenarioResult>(json, Json);
}
