using Portok.Compare.Machine;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Origins;

/// <summary>nginx answering from its configuration and from files in memory: the cheapest origin there is, so that the proxy is what is measured.</summary>
internal sealed class NginxOrigin : IOrigin
{
    private readonly TempFolder _folder = new();
    private readonly Server _server;

    public NginxOrigin()
    {
        Port = FreePort.Next();
        // Started by root, nginx's workers are another user, who has to get at the files.
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        _folder.File("site/64k", new string('a', 64 * 1024));
        _folder.File("site/1m", new string('a', 1024 * 1024));
        string configuration = Template.Fill("Portok.Compare/Origins/origin.conf", _folder,
            ("FOLDER", _folder.Path), ("PORT", Port), ("DESCRIPTORS", Limits.Descriptors), ("BODY_1K", new string('a', 1024)));
        _server = new Server(Tool.Require("nginx"), ["-p", _folder.Path, "-e", "stderr", "-c", configuration], Port);
    }

    public int Port { get; }

    public int BodyBytes => 12;

    public string Description => "nginx, 2 workers; small bodies from its configuration, large ones by sendfile";

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }
}
