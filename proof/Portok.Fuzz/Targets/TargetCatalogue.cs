namespace Portok.Fuzz.Targets;

/// <summary>Everything that is fuzzed.</summary>
internal static class TargetCatalogue
{
    public static IReadOnlyList<Func<IFuzzTarget>> All { get; } =
    [
        static () => new RequestHeadTarget(),
        static () => new ResponseHeadTarget(),
        static () => new ChunkedBodyTarget(),
        static () => new WebSocketFramesTarget(),
        static () => new ConnectionTarget(),
    ];
}
