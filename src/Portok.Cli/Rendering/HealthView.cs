using Portok.Admin.Contract;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>What a probe of the active port found, for people.</summary>
internal static class HealthView
{
    public static void Write(Screen screen, HealthAnswer health, TimeProvider time)
    {
        string probe = Markup.Escape(ProbeView.Describe(health.Probe));
        screen.Line(health.Healthy ? $"[green]✓[/] Port {health.Port} is healthy: {probe}" : $"[red]✗[/] Port {health.Port} is not healthy: {probe}");
        if (!health.Healthy && ProbeView.Body(health.Probe) is { } body)
        {
            screen.Line($"  Body: {Markup.Escape(body)}");
        }
    }
}
