using Microsoft.Extensions.Logging;

namespace Portok.Deployment.State;

/// <summary>What the state store tells a person: events 1100–1199.</summary>
internal static partial class StateLog
{
    [LoggerMessage(1100, LogLevel.Warning, "The state folder {Folder} cannot be written ({Why}). Traffic is relayed, but every switch will be refused until it can be.")]
    public static partial void FolderNotWritable(ILogger logger, string folder, string why);

    [LoggerMessage(1101, LogLevel.Information, "The state file {File} of npm portok is taken over; the active port is {Port}.")]
    public static partial void TakenOverFromNpm(ILogger logger, string file, int port);

    [LoggerMessage(1102, LogLevel.Warning, "The state file {File} is gone, only its previous generation {Previous} is there: somebody removed it. Beginning anew with INITIAL_TARGET_PORT.")]
    public static partial void FileMissing(ILogger logger, string file, string previous);

    [LoggerMessage(1103, LogLevel.Warning, "The state file {File} {Fault}. Its previous generation {Previous} is used instead; the active port is {Port}.")]
    public static partial void PreviousGenerationUsed(ILogger logger, string file, string fault, string previous, int port);

    [LoggerMessage(1104, LogLevel.Warning, "The state file {File} {Fault}, and there is no usable previous generation. INITIAL_TARGET_PORT is used instead.")]
    public static partial void InitialTargetUsed(ILogger logger, string file, string fault);

    [LoggerMessage(1105, LogLevel.Warning, "The previous generation {File} {Fault}.")]
    public static partial void PreviousGenerationBad(ILogger logger, string file, string fault);

    [LoggerMessage(1106, LogLevel.Warning, "The unusable file {File} is kept as {Aside}.")]
    public static partial void SetAside(ILogger logger, string file, string aside);

    [LoggerMessage(1107, LogLevel.Warning, "The unusable file {File} could not be kept as {Aside}: {Why}.")]
    public static partial void NotSetAside(ILogger logger, string file, string aside, string why);

    [LoggerMessage(1108, LogLevel.Warning, "The recovered state could not be written back: {Why}. The next start will recover it again.")]
    public static partial void NotMended(ILogger logger, string why);

    [LoggerMessage(1109, LogLevel.Error, "A refused switch could not be taken back from {File}: {Why}. The next start may go to the refused port.")]
    public static partial void NotTakenBack(ILogger logger, string file, string why);

    [LoggerMessage(1110, LogLevel.Warning, "The temporary file {File} could not be removed: {Why}.")]
    public static partial void TempLeft(ILogger logger, string file, string why);
}
