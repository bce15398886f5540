using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portok.Testing;

namespace Portok.Proof;

/// <summary>The report of a proof: Markdown for people with its pictures, JSON with every figure.</summary>
/// <param name="name">The proof, as ./prove knows it; names the files.</param>
/// <param name="title">The heading.</param>
/// <param name="arguments">The command line, so that the run can be repeated.</param>
public sealed class ProofReport(string name, string title, IReadOnlyList<string> arguments)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly MachineFacts _machine = MachineFacts.Read();
    private readonly DateTimeOffset _at = DateTimeOffset.UtcNow;
    private readonly StringBuilder _sections = new();

    /// <summary>Adds a section.</summary>
    public void Section(string heading, string text)
        => _sections.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n{text.Trim()}\n");

    /// <summary>Writes NAME.md, NAME.json and the pictures into the folder.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="claims">What was decided.</param>
    /// <param name="daemon">What was run.</param>
    /// <param name="figures">Everything measured, for the JSON file.</param>
    /// <param name="charts">Pictures by what they show.</param>
    public void Write(string folder, Claims claims, DaemonBuild daemon, object figures, params IReadOnlyList<(string Shows, Chart Chart)> charts)
    {
        Directory.CreateDirectory(folder);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {title}\n\n`{Command}`, {_at:yyyy-MM-dd HH:mm} UTC\n\n");
        page.Append(CultureInfo.InvariantCulture, $"- Machine: {_machine.Line}\n- portokd {daemon.Version}, {daemon.Kind} build; client, portokd and app are separate processes on this machine\n\n");
        page.Append("| promise | held | found |\n|---|---|---|\n");
        foreach (Claim claim in claims.All)
            page.Append(CultureInfo.InvariantCulture, $"| {claim.Promise} | {(claim.Holds ? "yes" : "**NO**")} | {claim.Found} |\n");
        for (int i = 0; i < charts.Count; i++)
        {
            string picture = charts.Count == 1 ? $"{name}.svg" : $"{name}-{i + 1}.svg";
            File.WriteAllText(Path.Combine(folder, picture), charts[i].Chart.ToSvg());
            page.Append(CultureInfo.InvariantCulture, $"\n![{charts[i].Shows}]({picture})\n");
        }

        page.Append(_sections);
        File.WriteAllText(Path.Combine(folder, name + ".md"), page.ToString());
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(
            new { at = _at, command = Command, machine = _machine, daemon, claims = claims.All, figures }, Json) + "\n");
    }

    /// <summary>The command without the folder that ./prove itself names.</summary>
    private string Command
    {
        get
        {
            List<string> shown = [.. arguments];
            int results = shown.IndexOf("--results");
            if (results >= 0) shown.RemoveRange(results, Math.Min(2, shown.Count - results));
            return string.Join(' ', shown.Prepend($"./prove {name}"));
        }
    }
}
