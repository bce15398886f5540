using System.Numerics;

namespace Portok.Engine.Timers;

/// <summary>Something with a deadline: a node of the wheel, linked in at most one slot.</summary>
internal abstract class TimerEntry
{
    /// <summary>When it is due, in ms of the reactor's clock; MaxValue for never.</summary>
    internal long DueAt = long.MaxValue;
    internal int TimerSlot = -1;
    internal long SlotTick;
    internal TimerEntry? TimerNext;
    internal TimerEntry? TimerPrevious;

    /// <summary>Called by the wheel on the reactor's thread when the deadline has passed.</summary>
    internal abstract void OnDue();
}

/// <summary>
/// Deadlines of one reactor. Putting one off costs a field write: the entry stays where it is linked and is looked at again
/// when that slot comes round; only a nearer deadline moves it. One thread.
/// </summary>
internal sealed class TimerWheel
{
    internal const int TickMs = 16;
    private const int Slots = 4096, Mask = Slots - 1;
    private readonly TimerEntry?[] _slots = new TimerEntry?[Slots];
    private readonly ulong[] _occupied = new ulong[Slots / 64];
    private TimerEntry? _running;
    private long _tick;

    internal TimerWheel(long nowMs) => _tick = nowMs / TickMs;

    /// <summary>Entries linked in the wheel.</summary>
    internal int Count { get; private set; }

    /// <summary>Sets or changes a deadline; MaxValue switches it off.</summary>
    internal void Set(TimerEntry entry, long dueAt)
    {
        entry.DueAt = dueAt;
        if (dueAt == long.MaxValue) return;
        long tick = Math.Max((dueAt / TickMs) + 1, _tick + 1);
        if (entry.TimerSlot >= 0)
        {
            if (entry.SlotTick <= tick) return;
            Unlink(entry);
        }

        Link(entry, Math.Min(tick, _tick + Slots - 1));
    }

    /// <summary>Takes an entry out for good.</summary>
    internal void Remove(TimerEntry entry)
    {
        entry.DueAt = long.MaxValue;
        if (entry.TimerSlot >= 0) Unlink(entry);
    }

    /// <summary>Milliseconds until a slot with entries comes round; −1 when there is none.</summary>
    internal int MsToNext(long nowMs)
    {
        if (Count == 0) return -1;
        for (int step = 1; step < Slots;)
        {
            int slot = (int)((_tick + step) & Mask);
            ulong word = _occupied[slot >> 6] >> (slot & 63);
            if (word != 0)
            {
                step += BitOperations.TrailingZeroCount(word);
                return (int)Math.Max(0, ((_tick + step) * TickMs) - nowMs);
            }

            step += 64 - (slot & 63);
        }

        return TickMs;
    }

    /// <summary>Runs what is due.</summary>
    internal void Advance(long nowMs)
    {
        long target = nowMs / TickMs;
        if (Count == 0 || target - _tick > Slots)
        {
            // Nothing linked, or asleep for a whole turn: every slot is looked at once at most.
            _tick = Count == 0 ? target : Math.Max(_tick, target - Slots);
        }

        while (_tick < target)
        {
            _tick++;
            int slot = (int)(_tick & Mask);
            if (_slots[slot] is not null) RunSlot(slot, nowMs);
        }
    }

    private void RunSlot(int slot, long nowMs)
    {
        // The chain is moved aside first, so that what runs may link or remove any entry, this one included.
        _running = _slots[slot];
        _slots[slot] = null;
        _occupied[slot >> 6] &= ~(1UL << (slot & 63));
        while (_running is { } entry)
        {
            Unlink(entry);
            if (entry.DueAt > nowMs)
            {
                Set(entry, entry.DueAt);
                continue;
            }

            entry.DueAt = long.MaxValue;
            entry.OnDue();
        }
    }

    private void Link(TimerEntry entry, long tick)
    {
        int slot = (int)(tick & Mask);
        entry.TimerSlot = slot;
        entry.SlotTick = tick;
        entry.TimerPrevious = null;
        entry.TimerNext = _slots[slot];
        if (entry.TimerNext is not null) entry.TimerNext.TimerPrevious = entry;
        _slots[slot] = entry;
        _occupied[slot >> 6] |= 1UL << (slot & 63);
        Count++;
    }

    private void Unlink(TimerEntry entry)
    {
        int slot = entry.TimerSlot;
        if (entry.TimerPrevious is not null) entry.TimerPrevious.TimerNext = entry.TimerNext;
        else if (_slots[slot] == entry) _slots[slot] = entry.TimerNext;
        else if (_running == entry) _running = entry.TimerNext;
        if (entry.TimerNext is not null) entry.TimerNext.TimerPrevious = entry.TimerPrevious;
        if (_slots[slot] is null) _occupied[slot >> 6] &= ~(1UL << (slot & 63));
        entry.TimerNext = entry.TimerPrevious = null;
        entry.TimerSlot = -1;
        Count--;
    }
}
