using System.Globalization;

namespace Portok.Cli.Rendering;

/// <summary>Times, spans and amounts as a person reads them.</summary>
internal static class Wording
{
    /// <summary>"just now", "12 s ago", "5 min ago", "3 h ago", "4 d ago". A moment ahead of this machine's clock is "just now".</summary>
    public static string Ago(TimeSpan since) => since < TimeSpan.FromSeconds(1) ? "just now" : OneUnit(since) + " ago";

    /// <summary>"in 18 s"; a moment that has passed is "now".</summary>
    public static string In(TimeSpan until) => until < TimeSpan.FromSeconds(1) ? "now" : "in " + OneUnit(until);

    /// <summary>A length of time in its two largest units: "45 s", "12 min 5 s", "4 h 12 min", "3 d 4 h".</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.FromMinutes(1))
        {
            return $"{Math.Max(0, (int)span.TotalSeconds)} s";
        }

        (int large, string largeUnit, int small, string smallUnit) = span switch
        {
            { TotalHours: < 1 } => (span.Minutes, "min", span.Seconds, "s"),
            { TotalDays: < 1 } => (span.Hours, "h", span.Minutes, "min"),
            _ => ((int)span.TotalDays, "d", span.Hours, "h"),
        };
        return small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
    }

    /// <summary>Local date and time, to the second.</summary>
    public static string Local(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Local time of day, to the second.</summary>
    public static string LocalTime(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A count with thousands apart: "1,234,567".</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: "1 request", "3 requests".</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>Milliseconds to three digits: "0.42 ms", "3.1 ms", "128 ms", "1.25 s".</summary>
    public static string Milliseconds(double ms) => ms switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.00} ms"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.0} ms"),
        < 999.5 => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0.00} s"),
    };

    /// <summary>Bytes in binary units: "512 B", "12.3 MiB".</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double amount = bytes;
        int unit = 0;
        while (amount >= 1023.95 && unit < units.Length - 1)
        {
            amount /= 1024;
            unit++;
        }

        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{amount:0.0} {units[unit]}");
    }

    /// <summary>The largest unit that holds one whole: 119 s is "1 min", 100 minutes is "1 h".</summary>
    private static string OneUnit(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };
}
