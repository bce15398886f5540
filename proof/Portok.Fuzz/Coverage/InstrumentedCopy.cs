using System.Diagnostics;

namespace Portok.Fuzz.Coverage;

/// <summary>
/// A copy of this program in which the assemblies under test count their edges; it is run as a process of its own, so that
/// nothing else ever meets an instrumented assembly.
/// </summary>
internal static class InstrumentedCopy
{
    private static readonly string[] UnderTest = ["Portok.Http1.dll", "Portok.Engine.dll"];

    /// <summary>Set in the copy.</summary>
    private const string Mark = "PORTOK_FUZZ_INSTRUMENTED";

    public static bool IsThis => Environment.GetEnvironmentVariable(Mark) == "1";

    /// <summary>Makes the copy, runs it with the arguments and takes it away again.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("portok-fuzz-");
        try
        {
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            foreach (string name in UnderTest)
                SharpFuzz.Fuzzer.Instrument(Path.Combine(folder.FullName, name), static _ => true, SharpFuzz.Options.Value);

            var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet");
            start.ArgumentList.Add(Path.Combine(folder.FullName, "Portok.Fuzz.dll"));
            foreach (string argument in arguments) start.ArgumentList.Add(argument);
            start.Environment[Mark] = "1";
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("The instrumented copy cannot be started.");
            try
            {
                await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }

            return process.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
