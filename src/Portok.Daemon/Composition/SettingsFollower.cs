using Microsoft.Extensions.Logging;
using Portok.Settings;

namespace Portok.Daemon.Composition;

/// <summary>Follows the environment file while the daemon runs. Faults leave everything as it was. Not thread-safe.</summary>
/// <param name="apply">Hands changed settings to the parts that run.</param>
internal sealed class SettingsFollower(SettingsSource source, DaemonSettings running, Action<DaemonSettings> apply, ILogger log)
{
    /// <summary>The settings in force.</summary>
    public DaemonSettings Running { get; private set; } = running;

    /// <summary>Reads the settings again, follows what may change live, and says what did and what did not.</summary>
    public void Reload()
    {
        if (source.FilePath is null)
        {
            DaemonLog.NoFileToRead(log);
            return;
        }

        SettingsReading reading = source.Read();
        foreach (string warning in reading.Warnings)
        {
            DaemonLog.SettingDoubtful(log, warning);
        }

        if (reading.Settings is null)
        {
            foreach (string fault in reading.Faults)
            {
                DaemonLog.ReloadRefused(log, fault);
            }

            return;
        }

        Follow(SettingsReload.Compare(Running, reading.Settings));
    }

    private void Follow(SettingsReload reload)
    {
        if (reload.Followed.Count > 0)
        {
            try
            {
                apply(reload.Settings);
            }
            catch (Exception problem)
            {
                DaemonLog.ReloadFailed(log, problem);
                return;
            }

            Running = reload.Settings;
        }

        foreach (SettingDifference change in reload.Followed)
        {
            DaemonLog.SettingFollowed(log, change.Name, change.To, change.From);
        }

        foreach (SettingDifference change in reload.AfterRestart)
        {
            DaemonLog.SettingNeedsRestart(log, change.Name, change.From, change.To);
        }

        if (reload.Followed.Count == 0 && reload.AfterRestart.Count == 0)
        {
            DaemonLog.NothingChanged(log);
        }
    }
}
