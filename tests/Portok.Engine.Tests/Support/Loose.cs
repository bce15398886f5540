using Portok.Engine.Reactors;
using Portok.Engine.Traffic;
using Portok.Engine.Upstreams;
using Portok.Linux.Sockets;

namespace Portok.Engine.Tests.Support;

/// <summary>Parts of an engine that do not run: for tests of what needs a reactor as an owner only.</summary>
internal sealed class Loose : IDisposable
{
    internal Loose(int reactors = 1)
    {
        var options = new EngineOptions { ListenPort = 1, Reactors = reactors };
        Shared = new EngineShared(options, new KernelSocketCalls(), new Switchboard(8001, reactors, 100), admin: null, new DescriptorBudget(0, 100), TimeProvider.System);
        Reactors = [.. Enumerable.Range(0, reactors).Select(i => new Reactor(i, Shared, []))];
        Shared.Reactors = Reactors;
    }

    internal EngineShared Shared { get; }

    internal Reactor[] Reactors { get; }

    internal UpstreamPool Pool => Shared.Switchboard.Active.Pools[0];

    internal UpstreamConnection Connection() => new(Reactors[0], Pool, fd: -1);

    public void Dispose()
    {
        foreach (Reactor reactor in Reactors) reactor.Dispose();
    }
}
