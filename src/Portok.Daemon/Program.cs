using Portok.Daemon;
using Portok.Daemon.CommandLine;
using Portok.Daemon.Composition;
using Portok.Settings;
using Portok.Settings.Manual;

long began = TimeProvider.System.GetTimestamp();
DaemonCommand command = DaemonCommand.Parse(args);
switch (command.Verb)
{
    case DaemonVerb.Help:
        Console.Out.Write(HelpText.Whole());
        return ExitCode.Clean;
    case DaemonVerb.Version:
        Console.Out.WriteLine($"portokd {DaemonVersion.Text}");
        return ExitCode.Clean;
    case DaemonVerb.ListSettings:
        Console.Out.Write(SettingsReference.Text());
        return ExitCode.Clean;
    case DaemonVerb.ListSettingsAsMarkdown:
        Console.Out.Write(SettingsReference.Markdown());
        return ExitCode.Clean;
    case DaemonVerb.SettingsManual:
        Console.Out.Write(SettingsManual.Page(DaemonVersion.Text));
        return ExitCode.Clean;
    case DaemonVerb.Manual:
        Console.Out.Write(HelpText.ManualPage());
        return ExitCode.Clean;
    case DaemonVerb.WrongUse:
        Console.Error.WriteLine($"portokd: {command.Problem}");
        Console.Error.WriteLine(DaemonCommand.Usage);
        return ExitCode.WrongSettings;
}

ProcessEnvironment environment = ProcessEnvironment.Read();
SettingsSource source = new(environment.Variables, command.EnvFile ?? environment.Find("PORTOK_ENV_FILE"));
SettingsReading reading = source.Read();
if (reading.Settings is null || command.Verb == DaemonVerb.Check)
{
    foreach (string line in reading.Faults.Concat(reading.Warnings.Select(w => $"warning: {w}")))
    {
        Console.Error.WriteLine($"portokd: {line}");
    }

    if (reading.Settings is null)
    {
        return ExitCode.WrongSettings;
    }

    Console.Out.WriteLine("portokd: the settings are good");
    return ExitCode.Clean;
}

int code = await new DaemonHost(source, reading, environment, TimeProvider.System, began).RunAsync(Console.Error);
// Not by returning: a thread that hangs must not hold up the exit that was promised.
Environment.Exit(code);
return code;
