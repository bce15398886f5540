using System.Net;
using Portok.Cli.Connection;

namespace Portok.Cli.Demo.Scenario;

/// <summary>Where everything of a demo listens.</summary>
/// <param name="Public">The daemon's public port.</param>
/// <param name="V1Port">The app's first version, on 127.0.0.1.</param>
/// <param name="V2Port">The app's second version, on 127.0.0.1.</param>
/// <param name="Token">The daemon's admin token.</param>
internal sealed record DemoAddresses(IPEndPoint Public, int V1Port, int V2Port, string Token)
{
    public Uri Url => new($"http://{Public}");

    public AdminEndpoint Admin => new(Url, SocketPath: null, Token, Instance: null);
}
