namespace Portok.Compare.Origins;

internal static class OriginCatalogue
{
    public static IOrigin Start(OriginKind kind) => kind switch
    {
        OriginKind.Static => new NginxOrigin(),
        OriginKind.Streams => new StreamOrigin(),
        _ => new NodeOrigin(),
    };
}
