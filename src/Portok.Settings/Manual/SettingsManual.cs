namespace Portok.Settings.Manual;

/// <summary>The page portok.env(5): the catalogue of settings as a manual page. Pure.</summary>
public static class SettingsManual
{
    /// <param name="version">The product's version.</param>
    public static string Page(string version)
    {
        RoffPage page = new("portok.env", 5, version, "settings of an instance of Portok");
        page.Section("SYNOPSIS")
            .Paragraph("/etc/portok/NAME.env")
            .Section("DESCRIPTION")
            .Paragraph("One file for each instance, read by systemd for portok@NAME.service and by portokd --env-file. It has the syntax of systemd's "
                + "EnvironmentFile=: one NAME=VALUE a line; lines that begin with # or ; and empty lines are passed over. An empty value counts as not set.")
            .Paragraph("A variable of the process environment wins over the file, unless both say the same at the start: then the file owns it, and a reload "
                + "follows what the file says later. The file holds the admin token: it belongs to root and the group portok, mode 0640.")
            .Paragraph("Wrong settings are all named at the start, one line each, and nothing is started. \"portokd --check --env-file FILE\" does only that.")
            .Section("SETTINGS")
            .Paragraph("After the name its default. A change of a setting marked \"live\" counts after a reload (systemctl reload portok@NAME, or SIGHUP), of another after a restart.");
        foreach (SettingDefinition setting in SettingCatalogue.All)
        {
            page.Item($"{setting.Name} ({setting.DefaultShown}{(setting.Change == SettingChange.Live ? "; live" : "")})", setting.Meaning, $"Must be {setting.Allowed}.");
        }

        return page
            .Section("EXAMPLES")
            .Paragraph("The smallest file:")
            .Example("LISTEN_PORT=3000", "INITIAL_TARGET_PORT=8080", "ADMIN_TOKEN=a-long-random-secret")
            .SeeAlso(("portok", 1), ("portokd", 8), ("systemd.exec", 5))
            .ToString();
    }
}
