using Catalogue = Portok.Settings.SettingCatalogue;

namespace Portok.Settings;

/// <summary>Values that are each allowed but cannot stand together.</summary>
public static class Contradictions
{
    /// <summary>The faults, one line each.</summary>
    /// <param name="settings">The values; those that could not be read hold their defaults.</param>
    /// <param name="usable">False for a definition that is at fault already, so that one mistake gives one line.</param>
    public static IEnumerable<string> Find(DaemonSettings settings, Func<SettingDefinition, bool> usable)
    {
        if (usable(Catalogue.InitialTargetPort) && usable(Catalogue.ListenPort) && settings.InitialTargetPort == settings.ListenPort)
        {
            yield return $"INITIAL_TARGET_PORT={settings.InitialTargetPort}: must be another port than LISTEN_PORT={settings.ListenPort}, or Portok would relay to itself";
        }

        if (usable(Catalogue.ServerHeadersTimeout) && usable(Catalogue.ServerKeepAliveTimeout)
            && settings.ServerHeadersTimeoutMs <= settings.ServerKeepAliveTimeoutMs)
        {
            yield return $"SERVER_HEADERS_TIMEOUT={settings.ServerHeadersTimeoutMs}: must be larger than SERVER_KEEPALIVE_TIMEOUT={settings.ServerKeepAliveTimeoutMs}";
        }

        if (usable(Catalogue.AdminOnPublicPort) && usable(Catalogue.AdminUnixSocket) && !settings.AdminOnPublicPort && settings.AdminUnixSocket is null)
        {
            yield return "ADMIN_ON_PUBLIC_PORT=0: must be 1 unless ADMIN_UNIX_SOCKET is set, or nobody could reach the admin API";
        }

        if (usable(Catalogue.AdminUnixSocket) && usable(Catalogue.StateFile) && usable(Catalogue.InstanceName)
            && string.Equals(settings.AdminUnixSocket, settings.StateFile, StringComparison.Ordinal))
        {
            yield return $"ADMIN_UNIX_SOCKET={LogSafe.Shorten(settings.StateFile)}: must be another path than STATE_FILE";
        }

        if (usable(Catalogue.StateFile) && Directory.Exists(settings.StateFile))
        {
            yield return $"STATE_FILE={LogSafe.Shorten(settings.StateFile)}: must be the path of a file; it is a folder";
        }

        if (usable(Catalogue.ErrorPagesDir) && settings.ErrorPagesDir is { } folder && !Directory.Exists(folder))
        {
            yield return $"ERROR_PAGES_DIR={LogSafe.Shorten(folder)}: must be {Catalogue.ErrorPagesDir.Allowed}; there is none";
        }
    }
}

/// <summary>Settings that are allowed but hardly meant.</summary>
public static class DoubtfulSettings
{
    private const int ShortToken = 16;

    /// <summary>The warnings, one line each.</summary>
    public static IEnumerable<string> Find(DaemonSettings settings)
    {
        if (settings.AdminToken.Length < ShortToken)
        {
            yield return $"ADMIN_TOKEN is shorter than {ShortToken} characters; a guessable secret lets others move your traffic";
        }

        if (settings.RollbackWindow > TimeSpan.Zero && settings.RollbackCheckEvery * settings.RollbackFailThreshold > settings.RollbackWindow)
        {
            yield return "ROLLBACK_WINDOW_MS is too short for ROLLBACK_FAIL_THRESHOLD failed probes ROLLBACK_CHECK_EVERY_MS apart; no automatic rollback can happen";
        }

        if (settings.AdminAllowlist.Any(range => range.PrefixLength == 0))
        {
            yield return "ADMIN_ALLOWLIST lets every address reach the admin API; only the token protects it";
        }
    }
}
