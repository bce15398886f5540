using System.Text;
using Portok.Linux;
using Portok.Proof;

namespace Portok.Overload.Clients;

/// <summary>Any number of clients that open a connection each, ask on it and keep it.</summary>
internal sealed class Herd(SocketLoop loop, int port, Func<Answer, byte[], bool> isRight) : IDisposable
{
    private readonly List<HerdMember> _members = [];
    private int _asking;

    internal SocketLoop Loop { get; } = loop;

    /// <summary>The next answers are the bytes of the question, not HTTP.</summary>
    internal bool IsEcho { get; private set; }

    internal int Count => _members.Count;

    internal int Served => In(HerdState.Served);

    internal int Refused => In(HerdState.Refused);

    /// <summary>Neither served nor kindly refused.</summary>
    internal int Failed => Count - Served - Refused;

    /// <summary>How the first few failed.</summary>
    internal string Faults => string.Join("; ", _members.Where(m => m.State is HerdState.Failed or HerdState.Asking).Take(3).Select(m => m.Fault ?? "no answer in time"));

    internal bool IsRight(Answer answer, byte[] bytes) => isRight(answer, bytes);

    internal void OnAnswered() => _asking--;

    /// <summary>Opens connections, each of which asks at once.</summary>
    /// <param name="count">How many more.</param>
    /// <param name="question">What they ask.</param>
    /// <param name="together">So many may be under way at a time.</param>
    /// <param name="within">For all of it.</param>
    internal bool Open(int count, string question, int together, TimeSpan within)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(question);
        int wanted = Count + count;
        return Loop.RunUntil(
            () =>
            {
                while (Count < wanted && _asking < together)
                {
                    var member = new HerdMember(this);
                    Errno error = Loop.Connect(port, member);
                    if (error != Errno.None) throw new InvalidOperationException($"Connection {Count + 1} could not be opened by the client: {error}.");
                    _members.Add(member);
                    _asking++;
                    member.Ask(bytes);
                }

                return Count == wanted && _asking == 0;
            },
            within);
    }

    /// <summary>Everybody who is served asks again, all at the same moment.</summary>
    internal bool AskAll(string question, bool echo, TimeSpan within)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(question);
        IsEcho = echo;
        foreach (HerdMember member in _members.Where(m => m.State == HerdState.Served).ToList())
        {
            _asking++;
            member.Ask(bytes);
        }

        return Loop.RunUntil(() => _asking == 0, within);
    }

    public void Dispose()
    {
        foreach (HerdMember member in _members) Loop.Close(member);
    }

    private int In(HerdState state) => _members.Count(m => m.State == state);
}
