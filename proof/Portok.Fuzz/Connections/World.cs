using Portok.Engine;
using Portok.Engine.Reactors;
using Portok.Engine.Traffic;

namespace Portok.Fuzz.Connections;

/// <summary>
/// One reactor on a simulated kernel, driven turn by turn on the caller's thread; clients on one side of it, an app on the
/// other. Nothing in it depends on time or chance.
/// </summary>
internal sealed class World
{
    internal const int MaxHeaderBytes = 1024, MaxHeaders = 32;

    private static readonly int[] Capacities = [1 << 20, 1 << 20, 1, 7, 64, 1000, 4096, 100];

    private readonly List<Exception> _faults = [];

    /// <param name="settings">First byte: settings of the engine; second: how much sockets hold, and the order of events.</param>
    internal World(int settings, int sockets, Scratch scratch)
    {
        Kernel = new SimulatedKernel(Capacities[sockets & 7], Capacities[(sockets >> 3) & 7], lastEventFirst: (sockets & 64) != 0);
        MaxConnections = (settings & 1) != 0 ? 1 : (settings & 2) != 0 ? 2 : 1024;
        var options = new EngineOptions
        {
            ListenPort = 1,
            Reactors = 1,
            AddForwarded = false,
            UpstreamMaxSockets = MaxConnections,
            UpstreamKeepAlive = (settings & 4) == 0,
            MaxHeaderBytes = MaxHeaderBytes,
            MaxHeaders = MaxHeaders,
            FastPath = (settings & 16) != 0,
            Limits = new EngineLimits { MaxBodyBytes = (settings & 8) != 0 ? 12 : 0 },
        };
        MaxBody = options.Limits.MaxBodyBytes;
        Shared = new EngineShared(options, Kernel, new Switchboard(8001, 1, MaxConnections), admin: null, new DescriptorBudget(options.FreeDescriptors, MaxConnections), TimeProvider.System) { ReportFault = _faults.Add };
        Reactor = new Reactor(0, Shared, [SimulatedKernel.Listener], scratch);
        Shared.Reactors = [Reactor];
        Reactor.StartStepped();
    }

    internal SimulatedKernel Kernel { get; }

    internal EngineShared Shared { get; }

    internal Reactor Reactor { get; }

    internal int MaxConnections { get; }

    internal long MaxBody { get; }

    /// <summary>What the app or a client will send a moment later.</summary>
    internal Dictionary<SimulatedSocket, byte[]> Pending { get; } = [];

    /// <summary>Whose request an app's pending bytes were meant for.</summary>
    internal Dictionary<SimulatedSocket, string> PendingFor { get; } = [];

    /// <summary>Sockets whose peer has ended them in any way itself.</summary>
    internal HashSet<SimulatedSocket> Left { get; } = [];

    /// <summary>The engine was told to cut or to stop: whoever is cut then has been promised nothing.</summary>
    internal bool Disturbed { get; set; }

    /// <summary>Virtual time that has passed, in ms.</summary>
    internal long Elapsed { get; private set; }

    internal void Turn()
    {
        Reactor.Turn();
        if (_faults.Count > 0) throw new InvariantViolation($"an exception left a connection's step: {_faults[0]}");
    }

    /// <summary>Turns until nothing happens any more.</summary>
    internal void Settle()
    {
        for (int turns = 0; turns < 3000; turns++)
        {
            Kernel.Busy = false;
            Turn();
            if (!Kernel.Busy && !Reactor.HasMore) return;
        }

        throw new InvariantViolation("the reactor does not come to rest");
    }

    internal void Pass(int ms)
    {
        Elapsed += ms;
        Kernel.Advance(ms);
    }

    /// <summary>Sends what was promised, then more.</summary>
    internal void Send(SimulatedSocket socket, ReadOnlySpan<byte> bytes)
    {
        if (Pending.Remove(socket, out byte[]? pending))
        {
            // What an app says too late must not look as if Portok had mixed it up.
            if (PendingFor.Remove(socket, out string? tag) && (Oracle.Unanswered(socket)?.Tag ?? "") != tag) pending.AsSpan().Replace((byte)'~', (byte)'.');
            socket.PeerSends(pending);
        }

        socket.PeerSends(bytes);
    }

    internal static RequestStream Asked(SimulatedSocket client) => RequestStream.Read(client.Sent, MaxHeaderBytes, MaxHeaders);

    internal static RequestStream Relayed(SimulatedSocket app) => RequestStream.Read(app.Taken, 1 << 20, 4096);
}
