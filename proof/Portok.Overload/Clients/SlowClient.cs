using System.Text;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Overload.Clients;

/// <summary>What a slow client is slow at.</summary>
internal enum SlowKind
{
    /// <summary>Sends a head, a byte a second.</summary>
    Head,

    /// <summary>Sends a body, a byte a second.</summary>
    Body,

    /// <summary>Asks for 8 MiB and reads none of it.</summary>
    Reading,
}

/// <summary>What has happened to slow clients. Written by their thread, read by any.</summary>
internal sealed class SlowCounts
{
    private long _timedOut;
    private long _otherEnds;

    /// <summary>Heads that were answered 408.</summary>
    internal long HeadsTimedOut => Interlocked.Read(ref _timedOut);

    /// <summary>Connections that ended in another way.</summary>
    internal long OtherEnds => Interlocked.Read(ref _otherEnds);

    internal void TimedOut() => Interlocked.Increment(ref _timedOut);

    internal void Ended() => Interlocked.Increment(ref _otherEnds);
}

/// <summary>One of them.</summary>
internal sealed class SlowClient(SlowCrowd crowd, SlowKind kind) : LoopSocket
{
    private static readonly byte[] Head = Encoding.ASCII.GetBytes("GET /small HTTP/1.1\r\nHost: slow.test\r\nX-Slow: ");
    private static readonly byte[] Upload = Encoding.ASCII.GetBytes("POST /upload HTTP/1.1\r\nHost: slow.test\r\nContent-Length: 1000000\r\n\r\n");
    private static readonly byte[] Download = Encoding.ASCII.GetBytes("GET /large HTTP/1.1\r\nHost: slow.test\r\n\r\n");
    private bool _begun;
    private bool _everBegun;
    private bool _told;

    internal SlowKind Kind => kind;

    /// <summary>The next byte, if it is one who sends.</summary>
    internal void Drip()
    {
        if (_begun && IsOpen && kind != SlowKind.Reading) _ = crowd.Loop.Calls.Send(Descriptor, "x"u8);
    }

    public override void OnReady(PollEvents events)
    {
        if (!_begun && (events & PollEvents.Out) != PollEvents.None) Begin();
        if (kind == SlowKind.Reading && (events & (PollEvents.ReadHangUp | PollEvents.HangUp | PollEvents.Error)) == PollEvents.None) return;
        while (IsOpen)
        {
            SysResult read = crowd.Loop.Calls.Receive(Descriptor, crowd.Loop.Scratch);
            if (read.Error is Errno.Again or Errno.NotConnected) return;
            if (read.Ok && read.Value > 0) Hear(crowd.Loop.Scratch.AsSpan(0, read.Value));
            else ComeBack();
        }
    }

    private void Begin()
    {
        ReadOnlySpan<byte> bytes = kind switch { SlowKind.Head => Head, SlowKind.Body => Upload, _ => Download };
        if (!crowd.Loop.Calls.Send(Descriptor, bytes).Ok) return;
        _begun = true;
        if (!_everBegun) crowd.OnBegun();
        _everBegun = true;
    }

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        if (kind != SlowKind.Head || !bytes.StartsWith("HTTP/1.1 408 "u8)) return;
        _told = true;
        crowd.Counts.TimedOut();
    }

    private void ComeBack()
    {
        if (!_told) crowd.Counts.Ended();
        crowd.Loop.Close(this);
        _begun = _told = false;
        crowd.Connect(this);
    }
}
