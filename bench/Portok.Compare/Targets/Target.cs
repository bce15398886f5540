using Portok.Compare.Measuring;

namespace Portok.Compare.Targets;

/// <summary>What Portok holds itself to: a bound on a figure, or on its ratio to a peer's.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Peer">The subject's figure is divided by this peer's; null: the figure itself.</param>
/// <param name="Must">The bound that has to be kept; null without.</param>
/// <param name="Goal">The bound that is aimed at; null without.</param>
/// <param name="AtLeast">Whether the bound is a lower one.</param>
internal sealed record Target(Figure Figure, string? Peer, double? Must, double? Goal, bool AtLeast = false)
{
    /// <summary>A ratio to nginx's figure.</summary>
    public static Target OverNginx(Figure figure, double? must, double? goal, bool atLeast = false) => new(figure, "nginx", must, goal, atLeast);

    /// <summary>The subject's own figure.</summary>
    public static Target Own(Figure figure, double? must, double? goal, bool atLeast = false) => new(figure, null, must, goal, atLeast);
}
