using System.Globalization;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Origins;

/// <summary>node-app.js: the kind of app npm portok stands in front of.</summary>
internal sealed class NodeOrigin : IOrigin
{
    private readonly Server _server;
    private readonly string _node = Tool.Require("node");

    public NodeOrigin()
    {
        Port = FreePort.Next();
        _server = new Server(
            _node,
            [RepositoryRoot.Combine("bench", "Portok.Compare", "Origins", "node-app.js"), Port.ToString(CultureInfo.InvariantCulture)],
            Port,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_ENV"] = "production" });
    }

    public int Port { get; }

    public int BodyBytes => 11;

    public string Description => $"an app on Node's http server, one process, {Tool.Version(_node, "--version")}";

    public void Dispose() => _server.Dispose();
}
