using Portok.Admin.Contract;
using Portok.Cli.CommandLine;

namespace Portok.Cli.Rendering;

/// <summary>A probe in words; plain text, not markup.</summary>
internal static class ProbeView
{
    /// <summary>"HTTP 500 in 3.1 ms", "no answer in 5.00 s", "connection refused".</summary>
    public static string Describe(ProbeReport probe)
    {
        string elapsed = Wording.Milliseconds(probe.ElapsedMs);
        return probe.Failure switch
        {
            ProbeFailures.Refused => "connection refused",
            ProbeFailures.Timeout => $"no whole answer in {elapsed}",
            ProbeFailures.Reset => $"connection cut after {elapsed}",
            ProbeFailures.Invalid => "the answer is not HTTP",
            null or ProbeFailures.Status when probe.Status is { } status => $"HTTP {status} in {elapsed}",
            _ => Printable.Of(probe.Failure ?? "answered") + $" after {elapsed}",
        };
    }

    /// <summary>The start of the body on one line; null when there was none.</summary>
    public static string? Body(ProbeReport probe) => probe.BodyStart is { Length: > 0 } body ? Printable.Of(body.Trim().ReplaceLineEndings(" ")) : null;
}
