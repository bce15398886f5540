using System.Diagnostics;
using Portok.Testing;

namespace Portok.Proof;

/// <summary>Which portokd a proof runs.</summary>
/// <param name="Version">What it says of itself.</param>
/// <param name="Kind">"native AOT" or "JIT".</param>
public sealed record DaemonBuild(string Version, string Kind)
{
    /// <summary>
    /// Takes what PORTOK_DAEMON names, else the native build that ./prove has just made, else the ordinary one; whoever starts
    /// daemons from then on starts that one.
    /// </summary>
    public static DaemonBuild Choose()
    {
        string native = RepositoryRoot.Combine("artifacts", "native", "portokd");
        if (Environment.GetEnvironmentVariable("PORTOK_DAEMON") is null or "" && File.Exists(native))
            Environment.SetEnvironmentVariable("PORTOK_DAEMON", native);
        return Of(PortokBinary.Daemon);
    }

    /// <summary>The build at a path. A JIT build is a small host beside its assembly.</summary>
    private static DaemonBuild Of(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string version = process.StandardOutput.ReadToEnd().Trim().Replace("portokd ", "", StringComparison.Ordinal);
        process.WaitForExit();
        return new DaemonBuild(version, File.Exists(Path.ChangeExtension(path, ".dll")) ? "JIT" : "native AOT");
    }
}
