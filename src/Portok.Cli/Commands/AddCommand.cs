using System.CommandLine;
using System.Globalization;
using System.Text;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;
using Portok.Cli.Units;
using Portok.Settings;
using Portok.Settings.Types;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary><c>portok add</c>: a new instance with ports of its own and a token of its own.</summary>
internal static class AddCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required("The new instance: letters, digits, '_' and '-'");
        Option<int?> port = new("--port") { HelpName = "PORT", Description = "The public port (default: a free one of 3000 to 3999)", CustomParser = result => Port.Parse(result) };
        Option<int?> target = new("--target") { HelpName = "PORT", Description = "The app's port (default: a free one of 8000 to 8999)", CustomParser = result => Port.Parse(result) };
        Option<string> health = new("--health") { HelpName = "PATH", Description = "What a probe asks for (default /health)", DefaultValueFactory = _ => SettingCatalogue.HealthPath.DefaultShown };
        Option<bool> force = new("--force") { Arity = ArgumentArity.Zero, Description = "Replace the instance's file when there is one; its token stays" };
        ManagementVerb command = new("add", "Add an instance: its env file, ports and token", options) { name, port, target, health, force };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            Wish wish = new(parsed.GetValue(name)!, parsed.GetValue(port), parsed.GetValue(target), parsed.GetValue(health)!, parsed.GetValue(force));
            AddDocument added = await AddAsync(run.Machine, wish, cancellation).ConfigureAwait(false);
            if (run.Json)
            {
                run.WriteJson(added, CliJson.Readable.AddDocument);
            }
            else
            {
                Write(run.Screen, added);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<AddDocument> AddAsync(Machine machine, Wish wish, CancellationToken cancellation)
    {
        bool replaced = machine.Store.Exists(wish.Name);
        if (replaced && !wish.Force)
        {
            throw new CommandFailure(ExitCode.Refused, "Instance exists", $"There is an instance '{wish.Name}' already ({machine.Folders.EnvFile(wish.Name)}). 'portok edit {wish.Name}' changes it, --force replaces its file.");
        }

        Instance? before = replaced ? machine.Store.Load(wish.Name) : null;
        (int listen, int target) = Ports(wish, [.. machine.Store.LoadAll().Where(i => !string.Equals(i.Name, wish.Name, StringComparison.Ordinal))]);
        string text = Text(machine.Folders, wish, listen, target, before?.Settings?.AdminToken ?? AdminSecret.New());
        Instance instance = Instance.Parse(wish.Name, machine.Folders.EnvFile(wish.Name), text);
        if (instance.Settings is not { } settings)
        {
            throw CommandFailure.WrongUse(string.Join('\n', instance.Faults));
        }

        machine.Store.Write(wish.Name, text, await machine.Account.GroupAsync(cancellation).ConfigureAwait(false));
        List<string> notes = [];
        if (machine.Units.FileOf(UnitFile.Service) is null)
        {
            notes.Add("The systemd unit is not installed yet: portok init");
        }
        else if (machine.SocketDropIn.Write(wish.Name, settings) && await machine.ReloadUnitsAsync(cancellation).ConfigureAwait(false) is { } problem)
        {
            notes.Add(problem);
        }

        if (File.Exists(settings.StateFile))
        {
            notes.Add($"A saved state is there already: its active port wins over INITIAL_TARGET_PORT ({settings.StateFile}).");
        }

        if (replaced)
        {
            notes.Add($"The file was replaced. A daemon that runs follows after 'portok restart {wish.Name}'.");
        }

        return new AddDocument(wish.Name, instance.File, listen, target, wish.HealthPath, replaced, notes);
    }

    private static (int Listen, int Target) Ports(Wish wish, IReadOnlyList<Instance> others)
    {
        PortChoice choice = PortChoice.Among(others);
        if (wish.Port is { } given && !wish.Force)
        {
            if (others.FirstOrDefault(i => i.ListenPort == given || i.TargetPort == given) is { } owner)
            {
                throw new CommandFailure(ExitCode.Refused, "Port taken", $"Port {given} belongs to the instance '{owner.Name}'. Choose another one, or give --force.");
            }

            if (PortChoice.IsListenedOn(given))
            {
                throw new CommandFailure(ExitCode.Refused, "Port taken", $"Something listens on port {given} already (ss -ltnp 'sport = :{given}' names it). Choose another one, or give --force.");
            }
        }

        if (wish.Target is { } app && !wish.Force && others.FirstOrDefault(i => i.ListenPort == app) is { } same)
        {
            throw new CommandFailure(ExitCode.Refused, "Port taken", $"Port {app} is the public port of the instance '{same.Name}'. Choose another target, or give --force.");
        }

        int listen = wish.Port ?? choice.Any(PortChoice.Public, not: wish.Target ?? 0);
        return (listen, wish.Target ?? choice.Any(PortChoice.Apps, not: listen));
    }

    private static string Text(Folders folders, Wish wish, int listen, int target, string token)
    {
        List<(string, string)> settings =
        [
            (SettingCatalogue.ListenPort.Name, listen.ToString(CultureInfo.InvariantCulture)),
            (SettingCatalogue.InitialTargetPort.Name, target.ToString(CultureInfo.InvariantCulture)),
            (SettingCatalogue.HealthPath.Name, wish.HealthPath),
            (SettingCatalogue.StateFile.Name, folders.StateFile(wish.Name)),
            (SettingCatalogue.AdminToken.Name, token),
        ];
        string socket = folders.AdminSocket(wish.Name);
        if (Encoding.UTF8.GetByteCount(socket) <= FilePath.MaxSocketPath)
        {
            settings.Add((SettingCatalogue.AdminUnixSocket.Name, socket));
        }

        return EnvText.New(wish.Name, settings);
    }

    private static void Write(Screen screen, AddDocument added)
    {
        screen.Line($"[green]✓[/] {(added.Replaced ? "Replaced" : "Added")} [bold]{Markup.Escape(added.Instance)}[/]: port [green]{added.ListenPort}[/] → app at 127.0.0.1:{added.TargetPort}, probed at {Markup.Escape(added.HealthPath)}");
        screen.Line();
        new Sheet()
            .Row("File", Markup.Escape(added.File))
            .Row("Next", $"portok start {added.Instance}, and portok enable {added.Instance} to start it with the machine")
            .WriteTo(screen);
        Notes.Write(screen, added.Notes);
    }

    private sealed record Wish(string Name, int? Port, int? Target, string HealthPath, bool Force);
}

/// <summary>What <c>add --json</c> prints. The token is in the file only.</summary>
internal sealed record AddDocument(string Instance, string File, int ListenPort, int TargetPort, string HealthPath, bool Replaced, IReadOnlyList<string> Notes);
