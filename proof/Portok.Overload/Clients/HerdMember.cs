using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Proof;

namespace Portok.Overload.Clients;

/// <summary>How a connection of a herd stands.</summary>
internal enum HerdState
{
    /// <summary>Connecting, or waiting for its answer.</summary>
    Asking,

    /// <summary>Answered right; open.</summary>
    Served,

    /// <summary>Told 503 with the field that says why, and then FIN: kindly refused.</summary>
    Refused,

    /// <summary>Another answer, an end without one, or a reset.</summary>
    Failed,
}

/// <summary>One client of many: asks, verifies the answer, stays.</summary>
internal sealed class HerdMember(Herd herd) : LoopSocket
{
    private byte[] _question = [];
    private byte[] _kept = [];
    private bool _sent;
    private Answer? _refusal;

    internal HerdState State { get; private set; }

    /// <summary>Why it failed.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Sends a question as soon as there is room for it, in one piece.</summary>
    internal void Ask(byte[] question)
    {
        (_question, _sent, State) = (question, false, HerdState.Asking);
        if (IsOpen) Send();
    }

    public override void OnReady(PollEvents events)
    {
        if (!_sent && (events & (PollEvents.Out | PollEvents.Error | PollEvents.HangUp)) != PollEvents.None) Send();
        while (IsOpen)
        {
            SysResult read = herd.Loop.Calls.Receive(Descriptor, herd.Loop.Scratch);
            if (read.Error is Errno.Again or Errno.NotConnected) return;
            if (!read.Ok) End($"{read.Error} {(_refusal is null ? "before any answer" : "after 503")}", fin: false);
            else if (read.Value == 0) End("ended without an answer", fin: true);
            else Take(herd.Loop.Scratch.AsSpan(0, read.Value));
        }
    }

    private void Send()
    {
        SysResult sent = herd.Loop.Calls.Send(Descriptor, _question);
        if (sent.Error is Errno.Again or Errno.NotConnected) return;
        // A refusal may have come, and its end, before the question went out: what was received tells.
        _sent = true;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _kept = [.. _kept, .. bytes];
        if (State != HerdState.Asking || _refusal is not null) return;
        if (herd.IsEcho)
        {
            if (_kept.Length < _question.Length) return;
            Answered(_kept.AsSpan().SequenceEqual(_question), "not what was sent");
            return;
        }

        if (Answer.Read(_kept) is not { } answer) return;
        if (answer.Status == 503) Refuse(answer);
        else Answered(herd.IsRight(answer, _kept), answer.Head);
    }

    /// <summary>Whoever has a place but cannot have a tunnel keeps its connection; the others are to get FIN too.</summary>
    private void Refuse(Answer answer)
    {
        if (answer.Head.Contains("\r\nConnection: close\r\n", StringComparison.OrdinalIgnoreCase))
        {
            _refusal = answer;
            return;
        }

        (_kept, State) = ([], IsKind(answer) ? HerdState.Refused : HerdState.Failed);
        Fault = answer.Head;
        herd.OnAnswered();
    }

    private static bool IsKind(Answer answer)
        => answer.Head.Contains("\r\nProxy-Status: ", StringComparison.OrdinalIgnoreCase) && answer.Head.Contains("\r\nRetry-After: ", StringComparison.OrdinalIgnoreCase);

    private void Answered(bool right, string otherwise)
    {
        _kept = [];
        State = right ? HerdState.Served : HerdState.Failed;
        if (!right) Fault = otherwise;
        herd.OnAnswered();
    }

    private void End(string how, bool fin)
    {
        bool asking = State == HerdState.Asking, kind = State == HerdState.Refused || (fin && _refusal is { } answer && IsKind(answer));
        State = kind ? HerdState.Refused : HerdState.Failed;
        if (!kind) Fault = how;
        herd.Loop.Close(this);
        if (asking) herd.OnAnswered();
    }
}
