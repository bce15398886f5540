using Portok.Cli.CommandLine;

namespace Portok.Cli.Demo.Stage;

/// <summary>The two programs the demo starts.</summary>
/// <param name="Daemon">portokd.</param>
/// <param name="App">The sample app.</param>
internal sealed record DemoPrograms(string Daemon, string App)
{
    /// <summary>
    /// PORTOK_DAEMON and PORTOK_DEMO_APP; else portokd beside this program; else both where a source tree builds them, when
    /// this program lies in one.
    /// </summary>
    /// <exception cref="CommandFailure">One of them is not there.</exception>
    public static DemoPrograms Find(CliHost host)
    {
        string? root = SourceRoot();
        return new DemoPrograms(
            Choose(host.Variable("PORTOK_DAEMON"), "PORTOK_DAEMON", "portokd", "dotnet build src/Portok.Daemon", [Path.Combine(AppContext.BaseDirectory, "portokd"), .. Built(root, "src/Portok.Daemon", "portokd")]),
            Choose(host.Variable("PORTOK_DEMO_APP"), "PORTOK_DEMO_APP", "the sample app", "dotnet build samples/DemoApp", Built(root, "samples/DemoApp", "DemoApp")));
    }

    /// <summary>What to execute for a program: itself, or what runs it.</summary>
    public static (string File, string[] Arguments) CommandFor(string program) => Path.GetExtension(program) switch
    {
        ".dll" => ("dotnet", [program]),
        ".js" or ".mjs" or ".cjs" => ("node", [program]),
        _ => (program, []),
    };

    private static string Choose(string? given, string variable, string what, string build, IEnumerable<string> places)
    {
        if (given is not null)
        {
            return File.Exists(given)
                ? Path.GetFullPath(given)
                : throw new CommandFailure(ExitCode.Refused, "Program not found", $"{variable} names '{Printable.Of(given)}', and there is no such file.");
        }

        return places.Where(File.Exists).MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new CommandFailure(ExitCode.Refused, "Program not found", $"The demo needs {what}, and it was not found. In the source tree: {build}. Elsewhere: {variable}=/path/to/it.");
    }

    private static string[] Built(string? root, string project, string name) => root is null
        ? []
        : [.. from configuration in (string[])["Debug", "Release"] select Path.Combine(root, project, "bin", configuration, "net10.0", name)];

    /// <summary>The folder with Portok.slnx above this program; null when it does not lie in a source tree.</summary>
    private static string? SourceRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Portok.slnx")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
