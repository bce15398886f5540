using Portok.Cli.CommandLine;
using Portok.Cli.Demo.Scenario;
using Portok.Cli.Rendering;

namespace Portok.Cli.Demo.Views;

/// <summary>What to try while the demo stays.</summary>
internal static class StayView
{
    public static void Write(Screen screen, DemoAddresses addresses, CliHost host)
    {
        string url = addresses.Url.GetLeftPart(UriPartial.Authority);
        string portok = Quoted(host.Variable("PORTOK_COMMAND") ?? Self(host));
        string where = $"--url {url} --token {addresses.Token}";
        screen.Line();
        screen.Line($"[bold]{url}/[/] stays: v1 is on port {addresses.V1Port}, v2 (healthy again) on port {addresses.V2Port}.");
        screen.Line("Open it in a browser, and try:");
        screen.Line();

        // Written as they are: a line that the screen had wrapped could not be pasted.
        foreach (string verb in (string[])["status", $"switch {addresses.V2Port}", $"switch {addresses.V1Port}", "health", "metrics"])
        {
            host.Out.WriteLine($"  {portok} {verb} {where}");
        }

        host.Out.WriteLine($"  curl -i {url}/version");
        host.Out.WriteLine($"  curl -X POST http://127.0.0.1:{addresses.V2Port}/demo/unhealthy");
        screen.Line();
        screen.Line("Ctrl-C ends it all.");
    }

    /// <summary>"portok" where the shell finds it, else the path of this program.</summary>
    private static string Self(CliHost host)
    {
        bool onPath = (host.Variable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "portok")));
        return onPath ? "portok" : Environment.ProcessPath ?? "portok";
    }

    private static string Quoted(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
