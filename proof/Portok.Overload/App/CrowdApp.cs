using Portok.Proof;

namespace Portok.Overload.App;

/// <summary>An app that costs next to nothing: one thread, any number of connections.</summary>
internal static class CrowdApp
{
    /// <summary>The body of an ordinary answer.</summary>
    internal const string Body = "hello world\n";

    /// <summary>Serves until the process is ended.</summary>
    internal static int Run(int port, string name)
    {
        using var loop = new SocketLoop();
        var answers = new CrowdAnswers(name);
        loop.Listen(port, () => new CrowdConnection(loop, answers));
        while (true) loop.RunFor(TimeSpan.FromHours(1));
    }
}
