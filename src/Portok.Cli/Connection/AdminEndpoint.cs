namespace Portok.Cli.Connection;

/// <summary>Where a daemon's admin API is.</summary>
/// <param name="Url">Plain HTTP, host and port; null when only the socket is there.</param>
/// <param name="SocketPath">The Unix socket, tried first; null: none.</param>
/// <param name="Token">The admin secret; null: none known.</param>
/// <param name="Instance">The instance it was found through; null: none was named.</param>
internal sealed record AdminEndpoint(Uri? Url, string? SocketPath, string? Token, string? Instance)
{
    /// <summary>The address in words for a message.</summary>
    public string Described => (SocketPath, Url) switch
    {
        ({ } socket, null) => socket,
        ({ } socket, { } url) => $"{socket} or {Plain(url)}",
        (null, { } url) => Plain(url),
        _ => "nowhere",
    };

    private static string Plain(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
