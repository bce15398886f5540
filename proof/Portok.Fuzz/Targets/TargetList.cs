namespace Portok.Fuzz.Targets;

/// <summary>Every target by its name.</summary>
internal static class TargetList
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> Makers = new(StringComparer.Ordinal)
    {
        ["request-head"] = static () => new RequestHeadTarget(),
        ["response-head"] = static () => new ResponseHeadTarget(),
        ["chunked-body"] = static () => new ChunkedBodyTarget(),
        ["websocket-frames"] = static () => new WebSocketFramesTarget(),
        ["connection"] = static () => new ConnectionTarget(),
    };

    internal static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    internal static IFuzzTarget Make(string name) => Makers[name]();

    /// <summary>Called across the border of a load context: only types of the runtime pass there.</summary>
    internal static Action<byte[]> MakeRun(string name) => Make(name).Run;
}
