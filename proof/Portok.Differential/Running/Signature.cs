using System.Globalization;
using System.Text;
using Portok.Differential.Cases;
using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>What must be the same however the bytes were split: all that was relayed whole, and what was said of the rest.</summary>
internal static class Signature
{
    public static string Of(SplitOutcome run)
    {
        var text = new StringBuilder(run.Outcome.Words);
        foreach (Message answer in run.Outcome.Answers)
        {
            text.Append('\n').AppendJoin('\n', answer.Lines.Where(line => !line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase)));
            if (answer.IsComplete) text.Append('\n').Append(EscapedBytes.Write(answer.Body)).AppendJoin('\n', answer.Trailers);
        }

        // A new client connection may be another reactor's, which has a pool of its own.
        if (run.Case.Kind == CaseKind.Response) text.Append(CultureInfo.InvariantCulture, $"\nnext {run.Outcome.Next}{(run.Outcome.Ending == Ending.Open ? $", reused {run.Outcome.Reused}" : "")}");
        else foreach (OriginExchange exchange in run.Outcome.Whole) text.Append("\nforwarded ").Append(EscapedBytes.Write(exchange.Bytes));
        // A request without a Host is given the app's own.
        return text.ToString().Replace(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{run.OriginPort}"), "127.0.0.1:PORT", StringComparison.Ordinal);
    }
}
