using Portok.Settings;
using Portok.Settings.Manual;

namespace Portok.Daemon.CommandLine;

/// <summary>What --help says, and the manual page portokd(8): two forms of the same words.</summary>
internal static class HelpText
{
    private const string Purpose = "relays HTTP/1.1 and WebSocket from a stable port to the active version of an app, and moves traffic to the next version with nothing lost";

    private static readonly (string Option, string Text)[] Options =
    [
        ("--env-file PATH", "read settings from this file too (systemd's EnvironmentFile syntax), and again on SIGHUP; PORTOK_ENV_FILE names it as well"),
        ("--check", "say what is wrong with the settings, start nothing"),
        ("settings [--markdown | --man]", "list every setting, as text, as a table for documentation, or as the manual page portok.env(5)"),
        ("man", "print the manual page portokd(8)"),
        ("--version", "print the version"),
        ("--help", "print this"),
    ];

    private const string Precedence = "A variable of the process environment wins over the file, unless both say the same at the start: then the file "
        + "owns it, and SIGHUP follows what the file says later. An empty value counts as not set.";

    private static readonly (string Signal, string Text)[] Signals =
    [
        ("SIGTERM, SIGINT", "stop gracefully within DRAIN_MS; a second one stops at once"),
        ("SIGHUP", "read the settings again and say what changed"),
    ];

    private static readonly (string Code, string Text)[] ExitCodes =
    [
        ("0", "stopped cleanly"),
        ("1", "could not start or run"),
        ("2", "wrong settings or wrong use"),
    ];

    private const int Column = 33;
    private const int Width = 100;

    /// <summary>The whole text of --help.</summary>
    public static string Whole() => string.Join('\n',
    [
        .. WordWrap.Lines("", $"portokd: {Purpose}.", Width),
        "",
        DaemonCommand.Usage,
        "",
        .. Rows(Options),
        "",
        .. WordWrap.Lines("", Precedence, Width),
        "",
        "Signals:",
        .. Rows(Signals),
        "",
        "Exit codes:",
        .. Rows(ExitCodes),
        "",
        """Settings (in brackets the default; "live": SIGHUP is enough, a restart is not needed):""",
        "",
        SettingsReference.Text(),
    ]);

    /// <summary>The manual page portokd(8).</summary>
    public static string ManualPage()
    {
        RoffPage page = new("portokd", 8, DaemonVersion.Text, "relay with a switch: a stable port in front of the versions of an app");
        page.Section("SYNOPSIS").Paragraph(DaemonCommand.Usage["usage: ".Length..])
            .Section("DESCRIPTION").Paragraph($"portokd {Purpose}.")
            .Paragraph("One portokd is one instance: one public port, one active port of the app, one state. Under systemd it is portok@NAME.service with the settings "
                + "of /etc/portok/NAME.env; portok@NAME.socket holds its public port, so that clients wait while it restarts.")
            .Section("OPTIONS");
        Items(Options);
        page.Section("ENVIRONMENT").Paragraph("Every setting is an environment variable: see portok.env(5).").Paragraph(Precedence);
        page.Section("SIGNALS");
        Items(Signals);
        page.Section("EXIT STATUS");
        Items(ExitCodes);
        return page.Section("FILES")
            .Item("/etc/portok/NAME.env", "settings of the instance NAME")
            .Item("/var/lib/portok/NAME.json", "its saved state, with the generation before it in NAME.json.previous")
            .SeeAlso(("portok", 1), ("portok.env", 5), ("systemd.socket", 5), ("systemctl", 1))
            .ToString();

        void Items((string Term, string Text)[] rows)
        {
            foreach ((string term, string text) in rows)
            {
                page.Item(term, text);
            }
        }
    }

    private static IEnumerable<string> Rows((string Name, string Text)[] rows)
        => rows.SelectMany(row => WordWrap.Lines($"  {row.Name}".PadRight(Column), row.Text, Width));
}
