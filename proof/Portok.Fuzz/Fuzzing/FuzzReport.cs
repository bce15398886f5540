using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Portok.Fuzz.Fuzzing;

/// <summary>The report that lies in the results.</summary>
internal static class FuzzReport
{
    public static void Write(string file, IReadOnlyList<FuzzOutcome> outcomes, FuzzSettings settings)
    {
        var text = new StringBuilder();
        text.AppendLine("# Fuzzing").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Coverage-guided, in one process, seed {settings.Seed}, {RuntimeInformation.ProcessArchitecture} {RuntimeInformation.FrameworkDescription}.");
        text.AppendLine("Made by `./prove fuzz`. An edge is a way from one branch to the next in `Portok.Http1` and `Portok.Engine`. The invariants");
        text.AppendLine("that judge each run stand in `proof/Portok.Fuzz/Targets`.").AppendLine();
        text.AppendLine("| target | executions | seconds | per second | edges | kept inputs | promises broken |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (FuzzOutcome o in outcomes)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {o.Target} | {o.Executions:N0} | {o.Time.TotalSeconds:N0} | {o.Executions / Math.Max(o.Time.TotalSeconds, 0.001):N0} | {o.Edges:N0} | {o.Corpus:N0} | {o.Finds.Count} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"| **all** | **{outcomes.Sum(o => o.Executions):N0}** | | | | | **{outcomes.Sum(o => o.Finds.Count)}** |");
        foreach (FuzzOutcome o in outcomes)
        {
            foreach (Find find in o.Finds)
                text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"`{o.Target}`: {find.Fault.Message}").AppendLine().AppendLine("```").AppendLine(Corpus.Escape(find.Input)).AppendLine("```");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.ToString());
    }
}
