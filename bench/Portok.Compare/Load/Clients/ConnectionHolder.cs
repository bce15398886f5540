using System.Text;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;
using Portok.Testing;

namespace Portok.Compare.Load.Clients;

/// <summary>Opens connections, uses each once, says how many it has, and holds them until it is ended.</summary>
internal static class ConnectionHolder
{
    /// <summary>The first argument that makes this program the holder.</summary>
    public const string Verb = "hold";

    /// <summary>Opened side by side: fewer than a listener's queue has room for.</summary>
    private const int Together = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static int Run(int port, int count, bool tunnels)
    {
        string upgrade = tunnels
            ? "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cG9ydG9rLWNvbXBhcmUhIQ==\r\n"
            : "";
        byte[] request = Encoding.ASCII.GetBytes($"GET /{(tunnels ? "tunnel" : "")} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{upgrade}\r\n");
        using var loop = new SocketLoop();
        var members = new List<Member>(count);
        while (members.Count < count)
        {
            int first = members.Count;
            for (int i = first; i < Math.Min(count, first + Together); i++)
            {
                var member = new Member(loop, request);
                if (loop.Connect(port, member) == Errno.None)
                {
                    members.Add(member);
                }
            }

            // A limit was met: what is open is what there is.
            if (members.Count == first || !loop.RunUntil(() => members.TrueForAll(member => member.Served || !member.IsOpen), Patience))
            {
                break;
            }
        }

        Console.WriteLine(members.Count(member => member.Served && member.IsOpen));
        // Killed by who started it; were that killed itself, nobody would.
        int? parent = Parent();
        loop.RunUntil(() => Parent() != parent, TimeSpan.FromHours(6));
        return 0;
    }

    private static int? Parent() => ProcessStat.Read(Environment.ProcessId)?.Parent;

    private sealed class Member(SocketLoop loop, byte[] request) : LoopSocket
    {
        private bool _asked;

        public bool Served { get; private set; }

        public override void OnReady(PollEvents events)
        {
            if (!_asked && events.HasFlag(PollEvents.Out))
            {
                _asked = true;
                _ = loop.Calls.Send(Descriptor, request);
            }

            SysResult read = loop.Calls.Receive(Descriptor, loop.Scratch);
            if (read.Error is Errno.Again or Errno.NotConnected)
            {
                return;
            }

            if (!read.Ok || read.Value == 0)
            {
                loop.Close(this);
                return;
            }

            Served |= loop.Scratch.AsSpan(0, read.Value).StartsWith("HTTP/1.1 200 "u8) || loop.Scratch.AsSpan(0, read.Value).StartsWith("HTTP/1.1 101 "u8);
        }
    }
}
