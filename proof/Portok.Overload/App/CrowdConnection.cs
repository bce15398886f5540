using System.Globalization;
using System.Text;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Overload.App;

/// <summary>One connection of the app: reads heads and bodies by their length, answers, or sends back what comes after an upgrade.</summary>
internal sealed class CrowdConnection(SocketLoop loop, CrowdAnswers answers) : LoopSocket
{
    private byte[] _head = [];
    private long _bodyLeft = -1;
    private bool _tunnel;
    private byte[] _sending = [];
    private int _sent;

    public override void OnReady(PollEvents events)
    {
        if (!Flush()) return;
        while (IsOpen && _sent == _sending.Length)
        {
            SysResult read = loop.Calls.Receive(Descriptor, loop.Scratch);
            if (read.Error == Errno.Again) return;
            if (!read.Ok || read.Value == 0)
            {
                loop.Close(this);
                return;
            }

            Take(loop.Scratch.AsSpan(0, read.Value));
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_tunnel)
        {
            Send(bytes.ToArray());
            return;
        }

        if (_bodyLeft < 0)
        {
            // Requests come one at a time on a connection that Portok opened: what follows a head is its body.
            _head = [.. _head, .. bytes];
            int end = _head.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end < 0) return;
            string head = Encoding.Latin1.GetString(_head, 0, end + 4);
            bytes = _head.AsSpan(end + 4).ToArray();
            _head = [];
            _bodyLeft = Length(head);
            _sending = head.Contains("\r\nUpgrade: ", StringComparison.OrdinalIgnoreCase) ? answers.Upgraded
                : head.StartsWith("GET /large ", StringComparison.Ordinal) ? answers.Large : answers.Small;
            _sent = _sending.Length;
        }

        _bodyLeft -= bytes.Length;
        if (_bodyLeft > 0) return;
        _bodyLeft = -1;
        _tunnel = _sending == answers.Upgraded;
        Send(_sending);
    }

    private void Send(byte[] bytes)
    {
        (_sending, _sent) = (bytes, 0);
        Flush();
    }

    /// <summary>False when there is more to send than the other side takes now.</summary>
    private bool Flush()
    {
        while (IsOpen && _sent < _sending.Length)
        {
            SysResult sent = loop.Calls.Send(Descriptor, _sending.AsSpan(_sent));
            if (sent.Ok) _sent += sent.Value;
            else if (sent.Error == Errno.Again) return false;
            else loop.Close(this);
        }

        return IsOpen;
    }

    private static long Length(string head)
    {
        const string field = "\r\nContent-Length: ";
        int at = head.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : long.Parse(head.AsSpan(at + field.Length, head.IndexOf('\r', at + field.Length) - at - field.Length), CultureInfo.InvariantCulture);
    }
}
