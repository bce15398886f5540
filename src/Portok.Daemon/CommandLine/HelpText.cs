using Portok.Settings;

namespace Portok.Daemon.CommandLine;

/// <summary>What --help says.</summary>
internal static class HelpText
{
    /// <summary>The whole text.</summary>
    public static string Whole() => $"""
        portokd: relays HTTP/1.1 and WebSocket from a stable port to the active version of an app, and
        moves traffic to the next version with nothing lost.

        {DaemonCommand.Usage}

          --env-file PATH       read settings from this file too (systemd's EnvironmentFile syntax), and
                                again on SIGHUP; PORTOK_ENV_FILE names it as well
          --check               say what is wrong with the settings, start nothing
          settings [--markdown] list every setting, as text or as a table for documentation
          --version             print the version
          --help                print this

        A variable of the process environment wins over the file, unless both say the same at the
        start: then the file owns it, and SIGHUP follows what the file says later. An empty value
        counts as not set.

        Signals: SIGTERM, SIGINT stop gracefully within DRAIN_MS, a second one at once; SIGHUP reads
        the settings again and says what changed.

        Exit codes: 0 stopped cleanly, 1 could not start or run, 2 wrong settings or wrong use.

        Settings (in brackets the default; "live": SIGHUP is enough, a restart is not needed):

        {SettingsReference.Text()}
        """;
}
