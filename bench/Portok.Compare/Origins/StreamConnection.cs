using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Portok.Compare.Load.Clients;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Compare.Origins;

/// <summary>One connection of the app.</summary>
internal sealed class StreamConnection(SocketLoop loop) : LoopSocket
{
    private static readonly byte[] Hello = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nhello world!"u8.ToArray();

    private static readonly byte[] Upgraded = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {TunnelEcho.Accept}\r\n\r\n");

    private static readonly byte[] Streaming = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray();

    private byte[] _kept = [];
    private long _bodyLeft;
    private bool _tunnel;

    public override void OnReady(PollEvents events)
    {
        while (IsOpen)
        {
            SysResult read = loop.Calls.Receive(Descriptor, loop.Scratch);
            if (read.Error == Errno.Again)
            {
                return;
            }

            if (!read.Ok || read.Value == 0)
            {
                loop.Close(this);
                return;
            }

            Take(loop.Scratch.AsSpan(0, read.Value));
            // A short read means drained: the next bytes bring an event of their own.
            if (read.Value < loop.Scratch.Length && !events.HasFlag(PollEvents.ReadHangUp))
            {
                return;
            }
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_tunnel)
        {
            Echo(bytes);
            return;
        }

        if (_bodyLeft > 0)
        {
            _bodyLeft -= bytes.Length;
            if (_bodyLeft == 0)
            {
                Send(Hello);
            }

            return;
        }

        // Requests come one at a time: what follows a head is its body.
        _kept = [.. _kept, .. bytes];
        int end = _kept.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return;
        }

        string head = Encoding.Latin1.GetString(_kept, 0, end + 4);
        int after = _kept.Length - end - 4;
        _kept = [];
        Answer(head, after);
    }

    private void Answer(string head, int bodySeen)
    {
        if (head.StartsWith("GET /events", StringComparison.Ordinal))
        {
            Send(Streaming);
            Tick(SocketLoop.NowMs);
        }
        else if (head.StartsWith("GET /tunnel", StringComparison.Ordinal))
        {
            _tunnel = true;
            Send(Upgraded);
        }
        else
        {
            _bodyLeft = Length(head) - bodySeen;
            if (_bodyLeft == 0)
            {
                Send(Hello);
            }
        }
    }

    /// <summary>Events of one size that carry the moment they were sent, as a chunk each.</summary>
    private void Tick(double due)
    {
        if (!IsOpen)
        {
            return;
        }

        Span<byte> chunk = stackalloc byte[EventStreams.EventBytes + 6];
        "40\r\n"u8.CopyTo(chunk);
        Span<byte> text = chunk.Slice(4, EventStreams.EventBytes);
        text.Fill((byte)'.');
        "data: "u8.CopyTo(text);
        Utf8Formatter.TryFormat(Stopwatch.GetTimestamp(), text[6..], out _, new System.Buffers.StandardFormat('D', EventStreams.TimeDigits));
        "\n\n"u8.CopyTo(text[^2..]);
        "\r\n"u8.CopyTo(chunk[^2..]);
        Send(chunk);
        double next = due + EventStreams.EveryMs;
        loop.At(next, () => Tick(next));
    }

    /// <summary>Each message comes alone and whole: the client waits for its echo.</summary>
    private void Echo(ReadOnlySpan<byte> frame)
    {
        if (frame.Length != TunnelEcho.FrameBytes)
        {
            loop.Close(this);
            return;
        }

        Span<byte> answer = stackalloc byte[TunnelEcho.MessageBytes + 2];
        answer[0] = frame[0];
        answer[1] = TunnelEcho.MessageBytes;
        ReadOnlySpan<byte> mask = frame.Slice(2, 4);
        for (int i = 0; i < TunnelEcho.MessageBytes; i++)
        {
            answer[i + 2] = (byte)(frame[i + 6] ^ mask[i & 3]);
        }

        Send(answer);
    }

    /// <summary>What does not fit at once is for a client that does not read: it is cut off.</summary>
    private void Send(ReadOnlySpan<byte> bytes)
    {
        SysResult sent = loop.Calls.Send(Descriptor, bytes);
        if (!sent.Ok || sent.Value < bytes.Length)
        {
            loop.Close(this);
        }
    }

    private static int Length(string head)
    {
        const string field = "\r\nContent-Length: ";
        int at = head.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head.AsSpan(at + field.Length, head.IndexOf('\r', at + field.Length) - at - field.Length), CultureInfo.InvariantCulture);
    }
}
