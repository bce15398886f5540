using System.Globalization;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Origins;

/// <summary>This program as an app, in a process of its own: see <see cref="StreamApp"/>.</summary>
internal sealed class StreamOrigin : IOrigin
{
    private readonly Server _server;

    public StreamOrigin()
    {
        Port = FreePort.Next();
        _server = new Server(Environment.ProcessPath!, [StreamApp.Verb, Port.ToString(CultureInfo.InvariantCulture)], Port);
    }

    public int Port { get; }

    public int BodyBytes => 12;

    public string Description => "a C# app on one epoll thread";

    public void Dispose() => _server.Dispose();
}
