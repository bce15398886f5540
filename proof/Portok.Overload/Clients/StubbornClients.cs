using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Overload.Clients;

/// <summary>Clients that connect, say nothing, read nothing and do not go.</summary>
internal sealed class StubbornClients : IDisposable
{
    private readonly SocketLoop _loop;
    private readonly List<LoopSocket> _clients = [];

    internal StubbornClients(SocketLoop loop, int port, int count)
    {
        _loop = loop;
        for (int i = 0; i < count; i++)
        {
            var client = new Stubborn();
            _loop.Connect(port, client);
            _clients.Add(client);
        }
    }

    public void Dispose()
    {
        foreach (LoopSocket client in _clients) _loop.Close(client);
    }

    private sealed class Stubborn : LoopSocket
    {
        public override void OnReady(PollEvents events)
        {
        }
    }
}
