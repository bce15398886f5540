using Portok.Linux;
using Portok.Linux.Polling;

namespace Portok.Fuzz.Connections;

/// <summary>
/// The engine's end of a connection, with the peer's end beside it: two byte queues, FIN and RST, and the edges that epoll
/// would tell. What is read after a reset, what poll says and which error comes first follow Linux.
/// </summary>
internal sealed class SimulatedSocket(string name, bool isClient, int capacity)
{
    private int _capacity = capacity;
    private readonly List<byte> _sent = [];
    private readonly List<byte> _taken = [];
    private int _engineRead;
    private int _peerRead;
    private Errno _error;

    internal string Name { get; } = name;

    internal bool IsClient { get; } = isClient;

    /// <summary>Bytes the peer's side holds before the engine's send is full.</summary>
    internal int Capacity
    {
        get => _capacity;
        set => MakeRoom(() => _capacity = value);
    }

    /// <summary>Everything the peer has sent.</summary>
    internal ReadOnlySpan<byte> Sent => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sent);

    /// <summary>Everything the engine has sent.</summary>
    internal ReadOnlySpan<byte> Taken => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_taken);

    /// <summary>How much of it the engine has received.</summary>
    internal int EngineRead => _engineRead;

    internal bool PeerFin { get; private set; }

    /// <summary>The peer is gone: what is sent to it comes back as a reset.</summary>
    internal bool PeerGone { get; private set; }

    /// <summary>The connection is dead on the engine's side: reset by the peer, or never established.</summary>
    internal bool Dead { get; private set; }

    internal bool Connecting { get; private set; }

    internal bool EngineFin { get; private set; }

    internal bool EngineClosed { get; private set; }

    /// <summary>The engine ended it with a reset, or closed it over unread bytes, which is the same on the wire.</summary>
    internal bool EngineReset { get; private set; }

    internal bool Open => !EngineClosed;

    /// <summary>The data it was registered with; null before.</summary>
    internal ulong? Watched { get; set; }

    /// <summary>Something changed since the last wait.</summary>
    internal bool Edge { get; set; }

    private int Room => PeerGone ? int.MaxValue : Capacity - (_taken.Count - _peerRead);

    internal PollEvents Mask()
    {
        if (Connecting) return PollEvents.None;
        var mask = PollEvents.None;
        if (_engineRead < _sent.Count || PeerFin || Dead) mask |= PollEvents.In;
        if (PeerFin || Dead) mask |= PollEvents.ReadHangUp;
        if ((PeerFin && EngineFin) || Dead) mask |= PollEvents.HangUp;
        if (_error != Errno.None) mask |= PollEvents.Error;
        if (Room > 0 || Dead || EngineFin) mask |= PollEvents.Out;
        return mask;
    }

    // The peer's side.

    internal void PeerSends(ReadOnlySpan<byte> bytes)
    {
        if (PeerFin || PeerGone || Dead || EngineClosed || Connecting || bytes.IsEmpty) return;
        _sent.AddRange(bytes);
        Edge = true;
    }

    internal void PeerEnds()
    {
        if (Dead || Connecting || PeerFin) return;
        PeerFin = true;
        Edge = true;
    }

    internal void PeerResets(Errno error = Errno.ConnectionReset)
    {
        if (Dead) return;
        PeerGone = true;
        Connecting = false;
        Dead = true;
        // Behind a FIN the kernel tells a reset as a broken pipe.
        _error = PeerFin ? Errno.BrokenPipe : error;
        Edge = true;
    }

    /// <summary>Closes like a process that ends: FIN when everything was read, else a reset.</summary>
    internal void PeerCloses()
    {
        if (_peerRead < _taken.Count)
        {
            PeerResets();
            return;
        }

        PeerEnds();
        PeerGone = true;
    }

    internal void PeerReads(int count)
    {
        MakeRoom(() => _peerRead += Math.Clamp(count, 0, _taken.Count - _peerRead));
    }

    /// <summary>A full socket that has room again tells of it.</summary>
    private void MakeRoom(Action change)
    {
        bool full = Room <= 0;
        change();
        if (full && Room > 0) Edge = true;
    }

    internal void Connect(bool inProgress) => Connecting = inProgress;

    internal void Establish()
    {
        if (!Connecting) return;
        Connecting = false;
        Edge = true;
    }

    // The engine's side: system calls.

    internal SysResult Receive(Span<byte> buffer, int limit)
    {
        int there = _sent.Count - _engineRead;
        if (there > 0)
        {
            int count = Math.Min(Math.Min(there, buffer.Length), limit);
            // A read that gets less than there is has met bytes that came a moment later: those make an edge of their own.
            if (count < Math.Min(there, buffer.Length)) Edge = true;
            Sent.Slice(_engineRead, count).CopyTo(buffer);
            _engineRead += count;
            return SysResult.Success(count);
        }

        if (TakeError() is { } error) return error;
        return PeerFin || Dead ? SysResult.Success(0) : SysResult.Failure(Errno.Again);
    }

    internal SysResult Send(ReadOnlySpan<byte> bytes, int limit)
    {
        if (Connecting) return SysResult.Failure(Errno.Again);
        if (TakeError() is { } error) return error;
        if (Dead) return SysResult.Failure(Errno.BrokenPipe);
        InvariantViolation.Unless(!EngineFin, $"{Name} is sent bytes after the FIN");
        InvariantViolation.Unless(!bytes.IsEmpty, $"{Name} is sent nothing");
        if (Room <= 0) return SysResult.Failure(Errno.Again);
        int count = Math.Min(Math.Min(bytes.Length, Room), limit);
        if (PeerGone)
        {
            // Nobody is there to take them: the kernel does, and hears of it.
            PeerResets();
            return SysResult.Success(count);
        }

        _taken.AddRange(bytes[..count]);
        // Taken in part although there was room: there is room again a moment later.
        if (count < bytes.Length && Room > 0) Edge = true;
        return SysResult.Success(count);
    }

    internal SysResult Peek()
    {
        if (_engineRead < _sent.Count) return SysResult.Success(1);
        if (_error != Errno.None) return SysResult.Failure(_error);
        return PeerFin || Dead ? SysResult.Success(0) : SysResult.Failure(Errno.Again);
    }

    internal SysResult ShutdownWrite()
    {
        if (Dead || Connecting) return SysResult.Failure(Errno.NotConnected);
        EngineFin = true;
        if (PeerFin) Edge = true;
        return SysResult.Success(0);
    }

    internal void EngineCloses(bool reset)
    {
        EngineClosed = true;
        EngineReset = reset || _engineRead < _sent.Count;
    }

    private SysResult? TakeError()
    {
        if (_error == Errno.None) return null;
        Errno error = _error;
        _error = Errno.None;
        return SysResult.Failure(error);
    }
}
