namespace Portok.Daemon;

/// <summary>What portokd's exit code tells.</summary>
internal static class ExitCode
{
    /// <summary>Stopped cleanly, or the settings are good.</summary>
    public const int Clean = 0;

    /// <summary>Could not start or could not go on; why is on standard error or in the log. Also: stopped at once by a second signal.</summary>
    public const int Failed = 1;

    /// <summary>Wrong settings or wrong use.</summary>
    public const int WrongSettings = 2;
}
