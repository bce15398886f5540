using Portok.Linux;
using Portok.Linux.Polling;

namespace Portok.Engine.Reactors;

/// <summary>The loop: short named steps, in the same order every turn.</summary>
internal sealed partial class Reactor
{
    private void Run()
    {
        while (!_disposing) Turn();
        Finish();
    }

    /// <summary>One turn of the loop. Whoever calls it is the reactor's thread.</summary>
    internal void Turn()
    {
        int events = Collect();
        Dispatch(events);
        GoOn();
        Timers.Advance(NowMs);
        RunMailbox();
        CloseMarked();
        EndTurn();
    }

    /// <summary>Connections wait for the next turn without an event: the loop must not sleep.</summary>
    internal bool HasMore => _goOn.Count > 0 || _closing.Count > 0;

    /// <summary>The loop has ended: what was posted before is done, everything is closed.</summary>
    internal void Finish()
    {
        // What was posted before the end was told must still be done: listeners are closed by a message.
        Mailbox.Run(this);
        CloseEverything();
    }

    /// <summary>Waits for events and reads the clocks, once for the whole batch.</summary>
    private int Collect()
    {
        int timeout = _goOn.Count > 0 ? 0 : Timers.MsToNext(NowMs);
        SysResult waited = Calls.Wait(_epoll, _batch, timeout);
        NowMs = Calls.NowMs();
        NowTicks = Calls.NowTicks();
        if (!waited.Ok) throw new InvalidOperationException($"epoll_wait failed: {waited.Error}.");
        return waited.Value;
    }

    private void Dispatch(int events)
    {
        for (int i = 0; i < events; i++)
        {
            ulong id = _batch.Data(i);
            if (id >= FirstListenerId - 64)
            {
                if (id == MailboxId) _mail = true;
                else AcceptFrom((int)(FirstListenerId - id));
                continue;
            }

            // An event for a connection that is gone, or going, finds nothing.
            if (Connections.Find(id) is not { Closing: false } connection) continue;
            PollEvents bits = _batch.Events(i);
            connection.NoteEvents(bits);
            Step(connection, bits);
        }
    }

    private bool _mail;

    /// <summary>One connection's step. What it throws ends that connection, and no other.</summary>
    internal void Step(Connection connection, PollEvents events)
    {
        try
        {
            connection.OnEvents(events);
        }
#pragma warning disable CA1031 // whatever it is: one connection's fault must not end the loop
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Contain(connection, fault);
        }
    }

    /// <summary>The step of a connection whose deadline has passed, guarded likewise.</summary>
    internal void StepDeadline(Connection connection)
    {
        try
        {
            connection.OnDeadline();
        }
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Contain(connection, fault);
        }
    }

    private void Contain(Connection connection, Exception fault)
    {
        Counters.Exceptions++;
        Shared.ReportFault(fault);
        if (connection.Closing) return;
        try
        {
            connection.OnFault();
        }
#pragma warning disable CA1031
        catch (Exception second)
#pragma warning restore CA1031
        {
            Shared.ReportFault(second);
            connection.Drop();
        }
    }

    private void GoOn()
    {
        if (_goOn.Count == 0) return;
        (_goOn, _goOnNow) = (_goOnNow, _goOn);
        foreach (Connection connection in _goOnNow)
        {
            connection.Queued = false;
            if (!connection.Closing) Step(connection, PollEvents.None);
        }

        _goOnNow.Clear();
    }

    private void RunMailbox()
    {
        if (!_mail) return;
        _mail = false;
        Mailbox.Run(this);
    }

    private void CloseMarked()
    {
        for (int i = 0; i < _closing.Count; i++)
        {
            Connection connection = _closing[i];
            Calls.Close(connection.Fd, connection.ResetOnClose);
            connection.Fd = -1;
            Connections.Remove(connection);
            connection.OnClosed();
        }

        _closing.Clear();
    }

    private void EndTurn()
    {
        if (!RequestsBegan) return;
        RequestsBegan = false;
        Shared.NoteInflight();
    }

    private void CloseEverything()
    {
        StopAccepting();
        foreach (Connection connection in Connections.All()) connection.Abandon();
        CloseMarked();
        foreach (Connection connection in Connections.All()) Close(connection, reset: true);
        CloseMarked();
        Descriptors.Close(_epoll);
        if (_spare >= 0) Descriptors.Close(_spare);
    }
}
