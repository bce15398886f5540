using System.Diagnostics;
using System.Globalization;
using Portok.Cli.Rendering;

namespace Portok.Cli.Demo.Views;

/// <summary>Plain lines, for logs: what happens when it happens, and the counts once a second.</summary>
internal sealed class PlainView(TextWriter to) : IDemoView
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly long _started = Stopwatch.GetTimestamp();

    public void Say(string line) => Write($"* {line}");

    public async Task ShowAsync(FrameReader frames, Task scenario)
    {
        while (!scenario.IsCompleted)
        {
            await Task.WhenAny(scenario, Task.Delay(Every)).ConfigureAwait(false);
            Write(Describe(frames.Read()));
        }
    }

    internal static string Describe(DemoFrame frame)
    {
        string latency = frame is { P50: { } p50, P99: { } p99 } ? $"p50 {Wording.Milliseconds(p50)}, p99 {Wording.Milliseconds(p99)}" : "no answers";
        return $"  {Describe(frame.V1)}; {Describe(frame.V2)}; {latency}; lost {frame.Lost}";
    }

    private static string Describe(VersionFrame version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version.Name}{(version.Active ? "*" : "")} {version.PerSecond:0}/s ({version.Answers:N0}, {version.WebSockets} ws)");

    private void Write(string line)
    {
        lock (_lock)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{Stopwatch.GetElapsedTime(_started).TotalSeconds,5:0.0} s] {line}"));
        }
    }
}
