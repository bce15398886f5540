using Portok.Engine.Reactors;
using Portok.Fuzz.Connections;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Whole connections: a reactor on a simulated kernel, and a script of what clients, the app, the clock and the kernel do.
/// Whatever they do, nothing is lost, mixed, doubled, made up or kept.
/// </summary>
internal sealed class ConnectionTarget : IFuzzTarget
{
    private readonly Scratch _scratch = new(World.MaxHeaderBytes);

    public int MaxLength => 400;

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [0, 0, 0, 1, 0, 0, 9, 0, 0],
        [0, 0, 0, 1, 0, 1, 9, 0, 1, 1, 0, 0, 9, 0, 0, 24, 6],
        [1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 9, 0, 0, 9, 0, 0],
        [2, 9, 0, 1, 0, 0x31, 9, 0, 0x30, 8, 0, 0, 17, 0, 0],
        [0, 0, 0, 1, 0, 8, 9, 0, 7, 4, 0, 4, 0x81, 1, 65, 0x88, 0, 27, 0],
        [0, 0, 19, 2, 0, 1, 0, 0, 20, 0, 0, 23, 0, 21, 0, 1, 0, 0],
        [4, 0, 0, 1, 0, 5, 9, 0, 2, 14, 0],
        [8, 0, 0, 3, 0, 2, 9, 6, 0, 12, 0, 0x31, 30, 15, 0],
        [0, 0, 0, 1, 0, 0, 9, 0, 0, 1, 0, 1, 15, 0],
        [0, 0, 0, 1, 0, 0, 9, 0, 2, 14, 0],
        [0, 64, 0, 1, 0, 0, 26, 1, 9, 0, 9, 1, 0, 3, 5, 0],
    ];

    public void Run(byte[] input) => Run(input, log: null);

    public string Describe(byte[] input)
    {
        var log = new List<string>();
        try
        {
            Run(input, log);
        }
        catch (InvariantViolation)
        {
            // Running it is what tells; describing only lists the steps.
        }

        return string.Join('\n', log);
    }

    private void Run(byte[] input, List<string>? log)
    {
        if (input.Length < 3) return;
        log?.Add($"settings {input[0] & 31:b5}, sockets {input[1]:b8}");
        var world = new World(input[0], input[1], _scratch);
        bool finished = false;
        try
        {
            new Script(input, world, log).Run();
            Ending.Cooperate(world);
            Oracle.JudgeNothingOwed(world);
            foreach (SimulatedSocket client in world.Kernel.Clients) Oracle.JudgeClient(world, client, ended: false);
            Ending.Leave(world);
            foreach (SimulatedSocket client in world.Kernel.Clients) Oracle.JudgeClient(world, client, ended: true);
            Oracle.JudgeApps(world);
            Oracle.JudgeCounts(world);
            Oracle.JudgeHoldsNothing(world);
            finished = true;
            world.Reactor.Finish();
        }
        finally
        {
            log?.AddRange(world.Kernel.Clients.Concat(world.Kernel.Apps).Select(Ended));
            if (!finished) Abandon(world);
            world.Reactor.Mailbox.Dispose();
        }
    }

    /// <summary>A connection's whole story, as seen from outside.</summary>
    private static string Ended(SimulatedSocket socket)
    {
        string how = string.Join(", ", new[]
        {
            socket.Dead ? "reset" : "", socket.PeerFin ? "FIN by the peer" : "", socket.EngineFin ? "FIN by the engine" : "",
            socket.EngineReset ? "reset by the engine" : socket.EngineClosed ? "closed by the engine" : "open",
        }.Where(h => h.Length > 0));
        return $"{socket.Name} ({how}) was sent '{Short(socket.Taken)}', sent {socket.Sent.Length} bytes, of which {socket.EngineRead} were read";
    }

    private static string Short(ReadOnlySpan<byte> bytes)
        => EscapedBytes.Write(bytes[..Math.Min(bytes.Length, 600)]) + (bytes.Length > 600 ? $"… ({bytes.Length} bytes)" : "");

    /// <summary>After a fault nobody knows what still works; the few real descriptors go back all the same.</summary>
    private static void Abandon(World world)
    {
        try
        {
            world.Reactor.Finish();
        }
#pragma warning disable CA1031 // the fault itself is what is told
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
