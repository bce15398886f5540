using System.Text;

namespace Portok.Fuzz.Connections;

/// <summary>
/// How every script ends: everybody says what they still had to say, reads, and answers what was asked; then all leave. What
/// the engine owes anybody it must have given by then, and what it holds it must have let go of.
/// </summary>
internal static class Ending
{
    /// <summary>Everybody is helpful: after this, whoever waits for an answer and is still there has it.</summary>
    internal static void Cooperate(World world)
    {
        SimulatedKernel kernel = world.Kernel;
        kernel.Plans.Clear();
        kernel.AcceptFaults.Clear();
        kernel.SendLimits.Clear();
        kernel.ReceiveLimits.Clear();
        kernel.WatchFaults = 0;
        kernel.AppCapacity = 1 << 24;
        // Accepting pauses for a moment when there were no descriptors.
        if (kernel.HasBacklog) Rest(world, 150);
        foreach (SimulatedSocket socket in kernel.Clients.Concat(kernel.Apps).ToList())
        {
            socket.Capacity = 1 << 24;
            socket.PeerReads(int.MaxValue);
            socket.Establish();
            world.Send(socket, default);
        }

        world.Settle();
        for (int round = 0; round < 200 && AnswerOnce(world); round++) world.Settle();
    }

    /// <summary>Clients leave, time passes, the app leaves.</summary>
    internal static void Leave(World world)
    {
        foreach (SimulatedSocket client in world.Kernel.Clients)
        {
            client.PeerReads(int.MaxValue);
            client.PeerCloses();
        }

        world.Settle();
        // Longer than every time limit there is, in steps in which something may happen.
        for (int i = 0; i < 8; i++) Rest(world, 16_000);
        // Where one leaves, a request that waits may still make a connection of its own.
        for (int left = 0; left < world.Kernel.Apps.Count;)
        {
            for (; left < world.Kernel.Apps.Count; left++)
            {
                world.Kernel.Apps[left].PeerReads(int.MaxValue);
                world.Kernel.Apps[left].PeerCloses();
            }

            world.Settle();
        }
    }

    private static void Rest(World world, int ms)
    {
        world.Pass(ms);
        world.Settle();
    }

    /// <returns>Whether anything was done.</returns>
    private static bool AnswerOnce(World world)
    {
        bool done = false;
        foreach (SimulatedSocket app in world.Kernel.Apps.ToList())
        {
            app.PeerReads(int.MaxValue);
            app.Establish();
            if (!app.Open || app.Dead || app.PeerFin) continue;
            RequestStream asked = World.Relayed(app);
            ResponseStream answered = ResponseStream.Read(app.Sent, asked.Requests, ended: false);
            if (answered.Tunnel) continue;
            bool halfSaid = answered.Fault is not null || answered.Rest.Length > 0 || answered.Responses.Any(r => !r.Complete);
            if (halfSaid)
            {
                // What it has begun it cannot finish: it ends instead.
                app.PeerEnds();
                done = true;
            }
            else if (Oracle.Unanswered(app) is { Complete: true } request)
            {
                string body = request.Tag.Length > 0 ? request.Tag : "plain";
                string answer = request.Method == "HEAD" ? "HTTP/1.1 200 OK\r\n\r\n" : $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}";
                app.PeerSends(Encoding.Latin1.GetBytes(answer));
                done = true;
            }
        }

        return done;
    }
}
