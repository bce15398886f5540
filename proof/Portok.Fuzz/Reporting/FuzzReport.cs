using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portok.Fuzz.Fuzzing;

namespace Portok.Fuzz.Reporting;

/// <summary>The report of a run, for people.</summary>
internal static class FuzzReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(string folder, IReadOnlyList<TargetRun> runs, IReadOnlyList<string> arguments)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "fuzz.md"), Text(runs, arguments));
        File.WriteAllText(Path.Combine(folder, "fuzz.json"), Json(runs, arguments));
    }

    internal static string Text(IReadOnlyList<TargetRun> runs, IReadOnlyList<string> arguments)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Fuzzing\n\n`{Command(arguments)}` on {Machine()}, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC.\n\n");
        text.Append("| target | executions | per second | edges | corpus | finds |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (TargetRun run in runs)
            text.Append(CultureInfo.InvariantCulture, $"| {run.Target} | {run.Executions:N0} | {run.Executions / Math.Max(0.001, run.Elapsed.TotalSeconds):N0} | {run.Edges:N0} | {run.Corpus:N0} | {run.Finds.Count} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| **all** | **{runs.Sum(r => r.Executions):N0}** | | | | **{runs.Sum(r => r.Finds.Count)}** |\n");
        foreach (TargetRun run in runs)
        {
            foreach (Find find in run.Finds)
                text.Append(CultureInfo.InvariantCulture, $"\n## {run.Target}: {find.Message.Split('\n')[0]}\n\n```\n{EscapedBytes.Write(find.Input)}\n```\n");
        }

        return text.ToString();
    }

    /// <summary>The same for programs.</summary>
    internal static string Json(IReadOnlyList<TargetRun> runs, IReadOnlyList<string> arguments) => JsonSerializer.Serialize(
        new
        {
            command = Command(arguments),
            machine = Machine(),
            at = DateTime.UtcNow,
            targets = runs.Select(r => new
            {
                target = r.Target,
                executions = r.Executions,
                seconds = Math.Round(r.Elapsed.TotalSeconds, 1),
                perSecond = Math.Round(r.Executions / Math.Max(0.001, r.Elapsed.TotalSeconds)),
                edges = r.Edges,
                corpus = r.Corpus,
                finds = r.Finds.Select(f => new { message = f.Message, input = EscapedBytes.Write(f.Input) }),
            }),
        },
        Indented);

    private static string Command(IReadOnlyList<string> arguments)
    {
        List<string> shown = [.. arguments];
        int results = shown.IndexOf("--results");
        if (results >= 0) shown.RemoveRange(results, Math.Min(2, shown.Count - results));
        return string.Join(' ', shown.Prepend("./prove fuzz"));
    }

    private static string Machine()
    {
        string? model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        return $"{Environment.ProcessorCount} × {model ?? "unknown processor"}, .NET {Environment.Version}, one thread";
    }
}
