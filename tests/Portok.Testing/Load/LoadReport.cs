using System.Globalization;

namespace Portok.Testing;

/// <summary>What a <see cref="LoadClient"/> counted.</summary>
/// <param name="Ok">Requests answered whole and right.</param>
/// <param name="Failed">Requests with no answer, a cut one, a status other than 200 or a body that was not right.</param>
/// <param name="Wrong">Requests begun after a switch was acknowledged, and answered by a version older than that.</param>
/// <param name="Reconnects">Connections opened anew because an answer said Connection: close.</param>
/// <param name="OkByKind">The right ones by kind of request.</param>
/// <param name="OkByVersion">The right ones by the version that answered.</param>
/// <param name="Longest">The longest time of a right one.</param>
/// <param name="FirstFailure">What happened first among the failed and wrong ones; null when there are none.</param>
public sealed record LoadReport(
    long Ok,
    long Failed,
    long Wrong,
    long Reconnects,
    IReadOnlyDictionary<string, long> OkByKind,
    IReadOnlyDictionary<string, long> OkByVersion,
    TimeSpan Longest,
    string? FirstFailure)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string kinds = string.Join(", ", OkByKind.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
        string versions = string.Join(", ", OkByVersion.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
        string first = FirstFailure is null ? "" : $"\nfirst failure: {FirstFailure}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Ok} ok, {Failed} failed, {Wrong} wrong version, {Reconnects} reconnects, longest {Longest.TotalMilliseconds:0} ms ({kinds}; {versions}){first}");
    }
}
