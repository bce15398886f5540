using System.Globalization;
using Portok.Settings;

namespace Portok.Daemon.Logging;

/// <summary>What is known about the place log lines go to.</summary>
/// <param name="IsTerminal">A person is looking.</param>
/// <param name="IsJournal">systemd's journal is listening.</param>
/// <param name="NoColour">NO_COLOR is set.</param>
internal sealed record LogOutput(bool IsTerminal, bool IsJournal, bool NoColour)
{
    private const string SocketLink = "socket:[";

    /// <summary>Looks at standard output.</summary>
    public static LogOutput OfStandardOutput(IReadOnlyDictionary<string, string> environment) => new(
        !Console.IsOutputRedirected,
        environment.TryGetValue("JOURNAL_STREAM", out string? stream) && IsJournalStream(stream, new FileInfo("/proc/self/fd/1").LinkTarget),
        environment.TryGetValue("NO_COLOR", out string? noColour) && noColour.Length > 0);

    /// <summary>
    /// True when JOURNAL_STREAM (device:inode) means this very stream and not one that a parent had (systemd.exec(5)). Pure.
    /// </summary>
    /// <param name="link">What /proc/self/fd/N points at: "socket:[inode]" for a socket.</param>
    public static bool IsJournalStream(string journalStream, string? link)
    {
        int colon = journalStream.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && link is not null && link.StartsWith(SocketLink, StringComparison.Ordinal) && link.EndsWith(']')
            && ulong.TryParse(journalStream.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong named)
            && ulong.TryParse(link.AsSpan(SocketLink.Length, link.Length - SocketLink.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong actual)
            && named == actual;
    }

    /// <summary>The formatter for this place. Pure.</summary>
    public ILogFormatter Formatter(LogForm form, string instance, TimeZoneInfo zone)
    {
        if (form == LogForm.Json || (form == LogForm.Auto && !IsTerminal))
        {
            return new JsonLogFormatter(instance, IsJournal);
        }

        TextLogTime time = IsJournal ? TextLogTime.Journal : IsTerminal ? TextLogTime.TimeOfDay : TextLogTime.Utc;
        return new TextLogFormatter(time, colour: IsTerminal && !NoColour, zone);
    }
}
