using System.Globalization;

namespace Portok.Systemd.Tests.Machine;

/// <summary>The sample app as a service of a machine: demo@PORT answers on that port as version vPORT.</summary>
internal static class DemoApp
{
    private const string Unit = """
        [Unit]
        Description=The app under test on port %i

        [Service]
        Environment=PORT=%i APP_VERSION=v%i DOTNET_gcServer=0 DOTNET_EnableDiagnostics=0
        ExecStart=/opt/dotnet/dotnet /opt/demo/DemoApp.dll

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>Folders a machine must see to run it: the app as it was built, and the .NET these tests run on.</summary>
    public static IEnumerable<string> Binds => ["--bind", $"{Folder}:/opt/demo", "--bind", $"{DotnetFolder}:/opt/dotnet"];

    private static string Folder { get; } = RepositoryRoot.Combine("samples", "DemoApp", "bin", "Release", "net10.0");

    // …/shared/Microsoft.NETCore.App/10.0.x/ lies three folders under the one with the program "dotnet".
    private static string DotnetFolder { get; } = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>What it calls itself in X-App-Version.</summary>
    public static string VersionOf(int port) => string.Create(CultureInfo.InvariantCulture, $"v{port}");

    /// <summary>Starts one on each port, now and at every boot, and waits until all are healthy.</summary>
    public static async Task InstallAsync(TestMachine machine, params int[] ports)
    {
        machine.Write("/etc/systemd/system/demo@.service", Unit);
        string units = string.Join(' ', ports.Select(port => $"demo@{port.ToString(CultureInfo.InvariantCulture)}"));
        await machine.RunAsync($"systemctl daemon-reload && systemctl enable --now {units}");
        foreach (int port in ports)
            await HealthyAsync(machine, port);
    }

    /// <summary>Waits until the one on a port is healthy.</summary>
    public static Task HealthyAsync(TestMachine machine, int port) => Poll.UntilAsync(async () =>
    {
        try
        {
            return (await machine.GetAsync(port, "/health")).Status == 200;
        }
        catch (WireException)
        {
            return false;
        }
    }, Patience.Long, $"the app on port {port} to be healthy");

    /// <summary>Load for it: small answers, bodies that come back, and work that takes a while.</summary>
    public static LoadRequest Mix(Random random, int turn) => (turn % 4) switch
    {
        1 => LoadRequest.Post(random),
        3 => new LoadRequest("slow", [Latin1.Bytes($"GET /slow?ms={random.Next(10, 120).ToString(CultureInfo.InvariantCulture)} HTTP/1.1\r\nHost: load.test\r\n\r\n")], body => body.Length > 0),
        _ => LoadRequest.Get(),
    };
}
