using System.Globalization;
using System.Text.Json;

namespace Portok.Systemd.Tests.Machine;

/// <summary>One instance on a machine, made by hand as the manual says, driven by systemctl and portok.</summary>
internal sealed class Instance
{
    private readonly TestMachine _machine;

    private Instance(TestMachine machine, string name, int port)
    {
        _machine = machine;
        Name = name;
        Port = port;
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>Its admin token; no other instance has it.</summary>
    public string Token => $"token-of-{Name}";

    public string Service => $"portok@{Name}.service";

    public string Socket => $"portok@{Name}.socket";

    /// <summary>Writes the env file and the port of the socket, and starts it.</summary>
    /// <param name="settings">More lines of the env file.</param>
    public static async Task<Instance> StartAsync(TestMachine machine, string name, int port, int target, params string[] settings)
    {
        Instance instance = new(machine, name, port);
        machine.Write($"/etc/portok/{name}.env", string.Join('\n',
        [
            string.Create(CultureInfo.InvariantCulture, $"LISTEN_PORT={port}"),
            string.Create(CultureInfo.InvariantCulture, $"INITIAL_TARGET_PORT={target}"),
            $"ADMIN_TOKEN={instance.Token}",
            $"ADMIN_UNIX_SOCKET=/run/portok/{name}/admin.sock",
            .. settings,
            "",
        ]));
        machine.Write($"/etc/systemd/system/portok@{name}.socket.d/listen.conf", string.Create(CultureInfo.InvariantCulture, $"[Socket]\nListenStream=\nListenStream={port}\n"));
        await machine.RunAsync($"chown root:portok /etc/portok/{name}.env && chmod 640 /etc/portok/{name}.env && systemctl daemon-reload && systemctl start {instance.Service}");
        return instance;
    }

    /// <summary>What portok status says.</summary>
    public Task<JsonElement> StatusAsync() => AskAsync("status");

    /// <summary>What portok metrics says.</summary>
    public Task<JsonElement> MetricsAsync() => AskAsync("metrics");

    /// <summary>Moves its traffic.</summary>
    public Task<string> SwitchAsync(int port) => _machine.RunAsync(string.Create(CultureInfo.InvariantCulture, $"portok switch {port} --instance {Name} --json"));

    public async Task<int> ActivePortAsync() => (await StatusAsync()).GetProperty("activePort").GetInt32();

    /// <summary>A property of its service.</summary>
    public Task<string> ServiceAsync(string property) => _machine.RunAsync($"systemctl show --property={property} --value {Service}");

    public async Task<int> MainPidAsync() => int.Parse(await ServiceAsync("MainPID"), CultureInfo.InvariantCulture);

    /// <summary>Waits until another process than that one runs and is ready.</summary>
    public Task ReplacedAsync(int before) => ReplacedAsync(_machine, Service, before);

    /// <inheritdoc cref="ReplacedAsync(int)"/>
    public static Task ReplacedAsync(TestMachine machine, string service, int before) => Poll.UntilAsync(async () =>
    {
        // Asked for in one call: between two of them the state may change.
        string[] said = (await machine.RunAsync($"systemctl show --property=ActiveState,MainPID {service}")).Split('\n');
        return said.Contains("ActiveState=active", StringComparer.Ordinal)
            && !said.Contains("MainPID=0", StringComparer.Ordinal)
            && !said.Contains(string.Create(CultureInfo.InvariantCulture, $"MainPID={before}"), StringComparer.Ordinal);
    }, Patience.Long, $"{service} to run again");

    private async Task<JsonElement> AskAsync(string verb)
        => JsonDocument.Parse(await _machine.RunAsync($"portok {verb} --instance {Name} --json")).RootElement;
}
