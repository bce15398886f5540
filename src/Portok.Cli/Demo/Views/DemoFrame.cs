using Portok.Admin.Contract;

namespace Portok.Cli.Demo.Views;

/// <summary>What a view shows at one moment.</summary>
internal sealed record DemoFrame
{
    public required TimeSpan Elapsed { get; init; }

    public required VersionFrame V1 { get; init; }

    public required VersionFrame V2 { get; init; }

    public required long Lost { get; init; }

    public required long WrongVersion { get; init; }

    /// <summary>Over the last two seconds, in ms; null without requests.</summary>
    public required double? P50 { get; init; }

    public required double? P99 { get; init; }

    /// <summary>WebSockets that got close frame 1001 so far.</summary>
    public required int GoneAway { get; init; }

    /// <summary>The daemon's own words; null before it was asked.</summary>
    public required StatusAnswer? Status { get; init; }
}

/// <summary>One version of the app at one moment.</summary>
/// <param name="PerSecond">Answers a second over the last two seconds.</param>
internal sealed record VersionFrame(string Name, int Port, bool Active, long Answers, double PerSecond, int WebSockets);
