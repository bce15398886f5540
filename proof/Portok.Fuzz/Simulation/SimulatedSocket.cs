using Portok.Linux;
using Portok.Linux.Polling;

namespace Portok.Fuzz.Simulation;

/// <summary>
/// The engine's end of one connection, with what its peer has done and what the peer would receive. Behaves as Linux does:
/// unread bytes outlive a reset, an error is told once, an edge says that something has changed.
/// </summary>
internal sealed class SimulatedSocket(int fd)
{
    private readonly List<byte> _incoming = [];
    private bool _errorTold;

    public int Fd { get; } = fd;

    /// <summary>Everything the peer has sent while the engine's end was open.</summary>
    public List<byte> FromPeer { get; } = [];

    /// <summary>Everything the engine has sent.</summary>
    public List<byte> ToPeer { get; } = [];

    /// <summary>Bytes the socket still takes from the engine.</summary>
    public long Room { get; private set; } = long.MaxValue;

    public bool PeerFin { get; private set; }

    public bool PeerReset { get; private set; }

    /// <summary>The peer has closed altogether: what it is sent is answered by a reset.</summary>
    public bool PeerGone { get; private set; }

    /// <summary>Not connected yet.</summary>
    public bool Connecting { get; set; }

    public bool Shut { get; private set; }

    public bool Closed { get; private set; }

    public bool ClosedByReset { get; private set; }

    /// <summary>Something has changed since the engine was told.</summary>
    public bool HasEdge { get; private set; }

    public bool Watched { get; private set; }

    public ulong Data { get; private set; }

    private bool PeerCanAct => !Closed && !PeerFin && !PeerReset && !Connecting;

    public PollEvents Events
    {
        get
        {
            PollEvents events = PollEvents.None;
            if (_incoming.Count > 0 || PeerFin || PeerReset) events |= PollEvents.In;
            if (Room > 0 && !Connecting) events |= PollEvents.Out;
            if (PeerFin || PeerReset) events |= PollEvents.ReadHangUp;
            if (PeerReset || (PeerFin && Shut)) events |= PollEvents.HangUp;
            if (PeerReset && !_errorTold) events |= PollEvents.Error;
            return events;
        }
    }

    public void Watch(ulong data)
    {
        Watched = HasEdge = true;
        Data = data;
    }

    public void Tell() => HasEdge = false;

    public void PeerSends(ReadOnlySpan<byte> bytes)
    {
        if (!PeerCanAct || bytes.IsEmpty) return;
        _incoming.AddRange(bytes);
        FromPeer.AddRange(bytes);
        HasEdge = true;
    }

    public void PeerEnds()
    {
        if (!PeerCanAct) return;
        PeerFin = HasEdge = true;
    }

    public void PeerCloses()
    {
        PeerEnds();
        PeerGone = true;
    }

    public void PeerResets()
    {
        if (Closed || PeerReset) return;
        PeerReset = HasEdge = true;
        Connecting = false;
    }

    public void Connect()
    {
        if (!Connecting) return;
        Connecting = false;
        HasEdge = true;
    }

    public void SetRoom(long room)
    {
        if (Closed) return;
        HasEdge |= room > 0 && Room == 0;
        Room = room;
    }

    public SysResult Receive(Span<byte> buffer)
    {
        if (_incoming.Count > 0)
        {
            int count = Math.Min(buffer.Length, _incoming.Count);
            for (int i = 0; i < count; i++) buffer[i] = _incoming[i];
            _incoming.RemoveRange(0, count);
            return SysResult.Success(count);
        }

        if (PeerReset && !_errorTold) return TellError(Errno.ConnectionReset);
        return PeerFin || PeerReset ? SysResult.Success(0) : SysResult.Failure(Errno.Again);
    }

    public SysResult Peek()
    {
        if (_incoming.Count > 0) return SysResult.Success(1);
        if (PeerReset) return SysResult.Failure(Errno.ConnectionReset);
        return PeerFin ? SysResult.Success(0) : SysResult.Failure(Errno.Again);
    }

    public SysResult Send(ReadOnlySpan<byte> bytes, int limit)
    {
        if (PeerReset) return _errorTold ? SysResult.Failure(Errno.BrokenPipe) : TellError(Errno.ConnectionReset);
        if (Shut) return SysResult.Failure(Errno.BrokenPipe);
        int count = (int)Math.Min(Math.Min(bytes.Length, limit), Room);
        if (Connecting || (count == 0 && !bytes.IsEmpty)) return SysResult.Failure(Errno.Again);
        if (Room != long.MaxValue) Room -= count;
        // A short send that the room did not ask for: the kernel would say at once that there is more.
        else if (count < bytes.Length) HasEdge = true;
        if (PeerGone) PeerResets();
        else ToPeer.AddRange(bytes[..count]);
        return SysResult.Success(count);
    }

    public void ShutdownWrite()
    {
        Shut = true;
        HasEdge |= PeerFin;
    }

    public void Close(bool reset)
    {
        Closed = true;
        ClosedByReset = reset || _incoming.Count > 0;
    }

    private SysResult TellError(Errno error)
    {
        _errorTold = true;
        return SysResult.Failure(error);
    }
}
