using Portok.Fuzz.Reference;
using Portok.Linux;

namespace Portok.Fuzz.Simulation;

/// <summary>
/// Plays what the bytes of an input say: who connects, sends, ends, resets, stops reading, when time passes, what the kernel
/// refuses. One letter an act; data runs up to a byte 0xFE. What makes no sense is passed over.
/// </summary>
internal sealed class ConnectionScript(EngineUnderTest engine)
{
    /// <summary>Ends the data of an act.</summary>
    public const byte EndOfData = 0xFE;

    private const int MaxClients = 6, MaxActs = 64, MaxRounds = 16;
    private static readonly Errno[] Errors =
        [Errno.TooManyFiles, Errno.NoBuffers, Errno.NoMemory, Errno.AddressNotAvailable, Errno.ConnectionAborted, Errno.ConnectionReset, Errno.Again, Errno.TimedOut];

    private readonly List<SimulatedSocket> _clients = [];
    private readonly Dictionary<SimulatedSocket, int> _answered = [];
    private bool _appAnswers;

    public IReadOnlyList<SimulatedSocket> Clients => _clients;

    /// <summary>Tunnels were ended from here: frames of Portok's own are in the streams.</summary>
    public bool EndedTunnels { get; private set; }

    public void Play(ReadOnlySpan<byte> input)
    {
        var reader = new ActReader(input);
        for (int i = 0; i < MaxActs && reader.Next(out byte act); i++)
        {
            Act(act, ref reader);
            engine.Settle();
            if (_appAnswers) AnswerAll();
        }
    }

    /// <summary>Both sides go away, and more time passes than anything waits.</summary>
    public void End()
    {
        engine.Kernel.Calm();
        foreach (SimulatedSocket socket in _clients.Concat(engine.Kernel.Upstreams.Select(u => u.Socket)))
        {
            socket.Connect();
            socket.SetRoom(long.MaxValue);
            socket.PeerResets();
        }

        engine.Settle();
        foreach (SimulatedSocket socket in engine.Kernel.Upstreams.Select(u => u.Socket)) socket.PeerResets();
        for (int i = 0; i < 3; i++)
        {
            engine.Time.Pass(70_000);
            engine.Settle();
        }
    }

    private void Act(byte act, ref ActReader reader)
    {
        SimulatedKernel kernel = engine.Kernel;
        switch ((char)act)
        {
            case 'c' when _clients.Count < MaxClients:
                _clients.Add(kernel.ConnectClient((byte)(_clients.Count + 1)));
                break;
            case 's': reader.Pick(_clients)?.PeerSends(reader.Data()); break;
            case 'f': reader.Pick(_clients)?.PeerEnds(); break;
            case 'q': reader.Pick(_clients)?.PeerCloses(); break;
            case 'x': reader.Pick(_clients)?.PeerResets(); break;
            case 'w': reader.Pick(_clients)?.SetRoom(reader.Room()); break;
            case 'a': PickUpstream(ref reader)?.PeerSends(reader.Data()); break;
            case 'F': PickUpstream(ref reader)?.PeerEnds(); break;
            case 'Q': PickUpstream(ref reader)?.PeerCloses(); break;
            case 'X': PickUpstream(ref reader)?.PeerResets(); break;
            case 'W': PickUpstream(ref reader)?.SetRoom(reader.Room()); break;
            case 'K': PickUpstream(ref reader)?.Connect(); break;
            case 'A': _appAnswers = !_appAnswers; break;
            case 'R': kernel.FailNext(Call.Connect, Errno.ConnectionRefused); break;
            case 'e': kernel.FailNext((Call)(reader.Number() % 5), Errors[reader.Number() % Errors.Length]); break;
            case 'p': kernel.ConnectsLater = !kernel.ConnectsLater; break;
            case 'l': kernel.ReceiveLimit = reader.Limit(); break;
            case 'm': kernel.SendLimit = reader.Limit(); break;
            case 't': engine.Time.Pass(50 * reader.Number()); break;
            case 'T': engine.Time.Pass(70_000); break;
            case 'o': engine.MoveTraffic(); break;
            case 'k': engine.CutOld(); break;
            case 'd':
                EndedTunnels = true;
                engine.EndTunnels();
                break;
        }
    }

    private SimulatedSocket? PickUpstream(ref ActReader reader) => reader.Pick([.. engine.Kernel.Upstreams.Select(u => u.Socket)]);

    /// <summary>The app answers every whole request it has not answered yet.</summary>
    private void AnswerAll()
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            bool answered = false;
            foreach ((SimulatedSocket socket, _) in engine.Kernel.Upstreams.ToArray())
            {
                if (socket.Closed) continue;
                int whole = RequestStream.Read([.. socket.ToPeer]).Requests.Count(r => r.IsComplete);
                int before = _answered.GetValueOrDefault(socket);
                for (int i = before; i < whole; i++) socket.PeerSends("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8);
                _answered[socket] = whole;
                answered |= whole > before;
            }

            if (!answered) return;
            engine.Settle();
        }
    }
}
