using Portok.Engine.Traffic;
using Portok.Linux;

namespace Portok.Fuzz.Connections;

/// <summary>
/// A script as bytes: two of settings, then steps of an operation and its arguments. Every sequence of bytes is a script. An
/// operation with its top bit set is followed by the next without a turn of the reactor in between.
/// </summary>
internal sealed class Script(byte[] bytes, World world, List<string>? log)
{
    private const int MaxClients = 5, MaxSteps = 120;
    private static readonly int[] Times = [1, 16, 100, 499, 600, 1100, 5000, 6100];
    private static readonly Errno[] AcceptFaults = [Errno.TooManyFiles, Errno.NoBuffers, Errno.ConnectionAborted, Errno.TooManyFilesInSystem];

    private readonly Dictionary<SimulatedSocket, int> _asked = [];
    private int _at = 2;

    internal void Run()
    {
        for (int step = 0; step < MaxSteps && _at < bytes.Length; step++)
        {
            byte operation = Next();
            Step(operation & 0x7F);
            if ((operation & 0x80) == 0) world.Turn();
        }

        world.Settle();
    }

    private byte Next() => _at < bytes.Length ? bytes[_at++] : (byte)0;

    private void Step(int operation)
    {
        SimulatedKernel kernel = world.Kernel;
        switch (operation % 28)
        {
            case 0 when kernel.Clients.Count < MaxClients:
                Tell($"{kernel.NewClient().Name} connects");
                break;
            case 1 or 2 or 3 when Client() is { } client:
                Ask(client, whole: operation % 28 != 3);
                break;
            case 4 when Client() is { } client:
                Raw(client);
                break;
            case 5 when Client() is { } client:
                Leave(client, "half-closes", static s => s.PeerEnds());
                break;
            case 6 when Client() is { } client:
                Leave(client, "resets", static s => s.PeerResets());
                break;
            case 7 when Client() is { } client:
                Leave(client, "closes", static s => s.PeerCloses());
                break;
            case 8 when Client() is { } client:
                Read(client);
                break;
            case 9 or 10 or 11 or 12 when App() is { } app:
                Answer(app, whole: operation % 28 != 12);
                break;
            case 13 when App() is { } app:
                Raw(app);
                break;
            case 14 when App() is { } app:
                Leave(app, "half-closes", static s => s.PeerEnds());
                break;
            case 15 when App() is { } app:
                Leave(app, "resets", static s => s.PeerResets());
                break;
            case 16 when App() is { } app:
                Leave(app, "closes", static s => s.PeerCloses());
                break;
            case 17 when App() is { } app:
                Read(app);
                break;
            case 18 when App() is { Connecting: true } app:
                Tell($"{app.Name} accepts");
                app.Establish();
                break;
            case 19:
                var plan = (ConnectPlan)(Next() % 7);
                Tell($"the next connection to the app: {plan}");
                kernel.Plans.Enqueue(plan);
                break;
            case 20:
                Errno fault = AcceptFaults[Next() & 3];
                Tell($"the next accept: {fault}");
                kernel.AcceptFaults.Enqueue(fault);
                break;
            case 21:
                int send = Next();
                Tell(send == 0 ? "the next send: ENOBUFS" : $"the next send takes {send} bytes");
                kernel.SendLimits.Enqueue(send);
                break;
            case 22:
                int receive = Math.Max(1, (int)Next());
                Tell($"the next receive gets {receive} bytes");
                kernel.ReceiveLimits.Enqueue(receive);
                break;
            case 23:
                Tell("the next registration fails");
                kernel.WatchFaults++;
                break;
            case 24 or 25:
                int ms = Times[Next() & 7];
                Tell($"{ms} ms pass");
                world.Pass(ms);
                break;
            case 26:
                Route(8001 + (Next() & 1));
                break;
            case 27:
                Goodbye(Next());
                break;
        }
    }

    private SimulatedSocket? Client() => world.Kernel.Clients.Count == 0 ? null : world.Kernel.Clients[Next() % world.Kernel.Clients.Count];

    private SimulatedSocket? App()
    {
        if (world.Kernel.Apps.Count == 0) return null;
        // Counted from the newest: that is where things happen.
        int back = Next() % world.Kernel.Apps.Count;
        return world.Kernel.Apps[^(back + 1)];
    }

    private void Ask(SimulatedSocket client, bool whole)
    {
        int kind = Next(), number = _asked.GetValueOrDefault(client);
        _asked[client] = number + 1;
        string tag = $"~c{world.Kernel.Clients.IndexOf(client)}r{number}~";
        byte[] message = Templates.Fill(Templates.Requests[kind & 15], tag, kind >> 4);
        Tell($"{client.Name} asks {EscapedBytes.Write(message.AsSpan(0, Math.Min(message.Length, 160)))}");
        Say(client, message, whole);
    }

    private void Answer(SimulatedSocket app, bool whole)
    {
        int kind = Next();
        world.Send(app, default);
        StreamRequest? request = Oracle.Unanswered(app);
        byte[] message = Templates.Fill(Templates.Responses[kind & 15], request is { Tag.Length: > 0 } ? request.Tag : "-none-", kind >> 4);
        Tell($"{app.Name} answers {EscapedBytes.Write(message.AsSpan(0, Math.Min(message.Length, 160)))}");
        Say(app, message, whole);
        if (!whole) world.PendingFor[app] = request?.Tag ?? "";
    }

    private void Say(SimulatedSocket socket, byte[] message, bool whole)
    {
        int now = whole ? message.Length : Next() % message.Length;
        world.Send(socket, message.AsSpan(0, now));
        if (whole) return;
        Tell($"  but only {now} bytes of it for now");
        world.Pending[socket] = message[now..];
    }

    private void Raw(SimulatedSocket socket)
    {
        int length = Math.Min(1 + (Next() & 63), bytes.Length - _at);
        byte[] raw = bytes.AsSpan(_at, Math.Max(0, length)).ToArray();
        _at += raw.Length;
        // Only templates may speak of tags: what looks like one is known to be one.
        raw.AsSpan().Replace((byte)'~', (byte)'.');
        Tell($"{socket.Name} sends {EscapedBytes.Write(raw)}");
        world.Send(socket, raw);
    }

    private void Read(SimulatedSocket socket)
    {
        int count = Next();
        Tell($"{socket.Name} reads {(count == 0 ? "everything" : $"{count} bytes")}");
        socket.PeerReads(count == 0 ? int.MaxValue : count);
    }

    private void Leave(SimulatedSocket socket, string how, Action<SimulatedSocket> end)
    {
        Tell($"{socket.Name} {how}");
        world.Left.Add(socket);
        end(socket);
    }

    private void Route(int port)
    {
        if (world.Shared.Switchboard.Route(port) is not { } before) return;
        Tell($"traffic moves to port {port}");
        foreach (var waiter in before.Permits.Dismiss()) world.Reactor.Mailbox.Post(r => r.ChooseAgain(waiter.ClientId));
        world.Reactor.Mailbox.Post(r => r.Retire(before));
    }

    private void Goodbye(byte kind)
    {
        IReadOnlyList<Target> known = world.Shared.Switchboard.Known();
        world.Disturbed = true;
        if ((kind & 1) == 0)
        {
            Tell("tunnels are told goodbye");
            foreach (Target target in known) world.Reactor.Mailbox.Post(r => r.EndTunnels(target, 0));
        }
        else
        {
            Tell("what runs on the old port is cut");
            foreach (Target target in known.Skip(1)) world.Reactor.Mailbox.Post(r => r.Cut(target));
        }
    }

    private void Tell(string line) => log?.Add(line);
}
