using Portok.Settings;

namespace Portok.Daemon.CommandLine;

/// <summary>What portokd is asked to do.</summary>
internal enum DaemonVerb
{
    Run,
    Check,
    Help,
    Version,
    ListSettings,
    ListSettingsAsMarkdown,
    SettingsManual,
    Manual,
    WrongUse,
}

/// <summary>The command line of portokd.</summary>
/// <param name="EnvFile">The environment file, null when none was named.</param>
/// <param name="Problem">What is wrong, with <see cref="DaemonVerb.WrongUse"/>.</param>
internal sealed record DaemonCommand(DaemonVerb Verb, string? EnvFile = null, string? Problem = null)
{
    private const string EnvFileOption = "--env-file";

    /// <summary>What is told to whoever uses it wrongly.</summary>
    public const string Usage = "usage: portokd [--env-file PATH] [--check] | settings [--markdown | --man] | man | --help | --version";

    /// <summary>Reads the arguments. Pure.</summary>
    public static DaemonCommand Parse(IReadOnlyList<string> args)
    {
        if (args.Count > 0 && string.Equals(args[0], "settings", StringComparison.Ordinal))
        {
            return args.Count switch
            {
                1 => new DaemonCommand(DaemonVerb.ListSettings),
                2 when args[1] is "--markdown" => new DaemonCommand(DaemonVerb.ListSettingsAsMarkdown),
                2 when args[1] is "--man" => new DaemonCommand(DaemonVerb.SettingsManual),
                _ => Wrong($"settings: unknown argument '{args[1]}'"),
            };
        }

        if (args is ["man"])
        {
            return new DaemonCommand(DaemonVerb.Manual);
        }

        DaemonVerb verb = DaemonVerb.Run;
        string? envFile = null;
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            if (arg is "--help" or "-h")
            {
                return new DaemonCommand(DaemonVerb.Help);
            }

            if (arg is "--version" or "-V")
            {
                return new DaemonCommand(DaemonVerb.Version);
            }

            if (arg is "--check")
            {
                verb = DaemonVerb.Check;
            }
            else if (arg is EnvFileOption && i + 1 < args.Count && args[i + 1].Length > 0)
            {
                envFile = args[++i];
            }
            else if (arg.StartsWith(EnvFileOption + "=", StringComparison.Ordinal) && arg.Length > EnvFileOption.Length + 1)
            {
                envFile = arg[(EnvFileOption.Length + 1)..];
            }
            else
            {
                return arg is EnvFileOption or EnvFileOption + "=" ? Wrong($"{EnvFileOption} needs the path of a file") : Wrong($"unknown argument '{arg}'");
            }
        }

        return new DaemonCommand(verb, envFile);
    }

    private static DaemonCommand Wrong(string problem) => new(DaemonVerb.WrongUse, Problem: LogSafe.Escape(problem));
}
