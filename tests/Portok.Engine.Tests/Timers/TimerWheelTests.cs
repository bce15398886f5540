using CsCheck;
using Portok.Engine.Timers;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Timers;

public sealed class TimerWheelTests
{
    private const long Start = 1_000_003;

    [Fact]
    public void Advance_PastADeadline_RunsItOnceAndNotBefore()
    {
        var wheel = new TimerWheel(Start);
        var entry = new Entry();
        wheel.Set(entry, Start + 100);
        wheel.Advance(Start + 99);
        entry.Runs.ShouldBe(0);
        wheel.Advance(Start + 100 + TimerWheel.TickMs);
        entry.Runs.ShouldBe(1);
        wheel.Advance(Start + 100_000);
        entry.Runs.ShouldBe(1);
        wheel.Count.ShouldBe(0);
    }

    [Fact]
    public void Set_PutOff_RunsAtTheLaterTimeOnly()
    {
        var wheel = new TimerWheel(Start);
        var entry = new Entry();
        wheel.Set(entry, Start + 50);
        wheel.Set(entry, Start + 5000);
        wheel.Advance(Start + 4999);
        entry.Runs.ShouldBe(0);
        wheel.Advance(Start + 5000 + TimerWheel.TickMs);
        entry.Runs.ShouldBe(1);
    }

    [Fact]
    public void Set_BroughtForward_RunsAtTheNearerTime()
    {
        var wheel = new TimerWheel(Start);
        var entry = new Entry();
        wheel.Set(entry, Start + 5000);
        wheel.Set(entry, Start + 50);
        wheel.Advance(Start + 50 + TimerWheel.TickMs);
        entry.Runs.ShouldBe(1);
    }

    [Fact]
    public void Set_Never_SwitchesItOff()
    {
        var wheel = new TimerWheel(Start);
        var entry = new Entry();
        wheel.Set(entry, Start + 50);
        wheel.Set(entry, long.MaxValue);
        wheel.Advance(Start + 10_000);
        entry.Runs.ShouldBe(0);
        wheel.Count.ShouldBe(0);
    }

    [Fact]
    public void Set_InThePast_RunsAtTheNextTick()
    {
        var wheel = new TimerWheel(Start);
        var entry = new Entry();
        wheel.Set(entry, Start - 500);
        wheel.Advance(Start + TimerWheel.TickMs);
        entry.Runs.ShouldBe(1);
    }

    [Fact]
    public void Set_FurtherThanTheWheelReaches_RunsInItsOwnTime()
    {
        const long day = 86_400_000;
        var wheel = new TimerWheel(Start);
        var entry = new Entry();
        wheel.Set(entry, Start + day);
        for (long now = Start; now < Start + day; now += 60_000)
        {
            wheel.Advance(now);
            entry.Runs.ShouldBe(0);
        }

        wheel.Advance(Start + day + TimerWheel.TickMs);
        entry.Runs.ShouldBe(1);
    }

    [Fact]
    public void Advance_AfterASleepOfSeveralTurns_RunsEverythingDueAndNothingElse()
    {
        var wheel = new TimerWheel(Start);
        Entry[] due = [.. Enumerable.Range(0, 200).Select(_ => new Entry())];
        for (int i = 0; i < due.Length; i++) wheel.Set(due[i], Start + (i * 307));
        var later = new Entry();
        wheel.Set(later, Start + 1_000_000);
        wheel.Advance(Start + 500_000);
        due.ShouldAllBe(entry => entry.Runs == 1);
        later.Runs.ShouldBe(0);
        wheel.Advance(Start + 1_000_000 + TimerWheel.TickMs);
        later.Runs.ShouldBe(1);
    }

    [Fact]
    public void OnDue_RemovesItsNeighboursInTheSameSlot_TheyDoNotRun()
    {
        for (int which = 0; which < 3; which++)
        {
            var wheel = new TimerWheel(Start);
            Entry[] entries = [new Entry(), new Entry(), new Entry()];
            foreach (Entry entry in entries) wheel.Set(entry, Start + 40);
            entries[which].Then = () =>
            {
                foreach (Entry other in entries) wheel.Remove(other);
            };
            wheel.Advance(Start + 100);
            // Whoever ran before the remover has run; nobody after it.
            entries[which].Runs.ShouldBe(1);
            entries.Sum(entry => entry.Runs).ShouldBe(3 - which);
            wheel.Count.ShouldBe(0);
        }
    }

    [Fact]
    public void OnDue_SetsItselfAgain_RunsAgainAndAgain()
    {
        var wheel = new TimerWheel(Start);
        var entry = new Entry();
        long now = Start;
        entry.Then = () => wheel.Set(entry, now + 32);
        wheel.Set(entry, now + 32);
        for (; now < Start + 3200; now++) wheel.Advance(now);
        entry.Runs.ShouldBeInRange(60, 100);
        wheel.Count.ShouldBe(1);
    }

    [Fact]
    public void OnDue_PutsOffANeighbourOfTheSameSlot_ItRunsLaterOnly()
    {
        for (int which = 0; which < 2; which++)
        {
            var wheel = new TimerWheel(Start);
            Entry first = new(), second = new();
            wheel.Set(first, Start + 40);
            wheel.Set(second, Start + 40);
            Entry runner = which == 0 ? first : second, other = which == 0 ? second : first;
            int before = -1;
            runner.Then = () =>
            {
                before = other.Runs;
                wheel.Set(other, Start + 1000);
            };
            wheel.Advance(Start + 100);
            other.Runs.ShouldBe(before);
            wheel.Advance(Start + 1100);
            other.Runs.ShouldBe(before + 1);
        }
    }

    [Fact]
    public void MsToNext_NothingSet_IsForever() => new TimerWheel(Start).MsToNext(Start).ShouldBe(-1);

    [Fact]
    public void SleepingByMsToNext_AnySetOfDeadlines_EachRunsWithinATickOfItsTime()
        => Gen.Int[0, 200_000].Array[1, 60].Sample(delays =>
        {
            long now = Start;
            var wheel = new TimerWheel(now);
            var late = new List<(long Due, long At)>();
            foreach (int delay in delays)
            {
                var entry = new Entry();
                long due = Start + delay;
                entry.Then = () => late.Add((due, now));
                wheel.Set(entry, due);
            }

            int turns = 0;
            for (int ms; (ms = wheel.MsToNext(now)) >= 0 && turns < 100_000; turns++)
            {
                now += ms;
                wheel.Advance(now);
                // A sleep of 0 that runs nothing would spin.
                if (ms == 0) now++;
            }

            late.Count.ShouldBe(delays.Length);
            foreach ((long due, long at) in late) (at - due).ShouldBeInRange(0, TimerWheel.TickMs + 1);
        });

    [Fact]
    public void AnyHistory_IsLikeAPlainListOfDeadlines()
        => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 7], Gen.Int[0, 90_000]).Array[1, 120].Sample(steps =>
        {
            long now = Start;
            var wheel = new TimerWheel(now);
            Entry[] entries = [.. Enumerable.Range(0, 8).Select(_ => new Entry())];
            long[] model = [.. entries.Select(_ => long.MaxValue)];
            int[] runs = new int[entries.Length];
            foreach ((int kind, int index, int amount) in steps)
            {
                switch (kind)
                {
                    case 0:
                        wheel.Remove(entries[index]);
                        model[index] = long.MaxValue;
                        break;
                    case 1 or 2 or 3:
                        model[index] = now + (kind == 1 ? amount : amount / 200);
                        wheel.Set(entries[index], model[index]);
                        break;
                    default:
                        now += kind == 4 ? amount / 500 : amount;
                        wheel.Advance(now);
                        break;
                }

                for (int i = 0; i < entries.Length; i++)
                {
                    int more = entries[i].Runs - runs[i];
                    more.ShouldBeInRange(0, 1);
                    if (more == 1) model[i].ShouldBeLessThanOrEqualTo(now);
                    // The tick that has not ended yet may still hold it back.
                    else if (kind >= 4) (model[i] > now - TimerWheel.TickMs).ShouldBeTrue($"{now - model[i]} ms late");
                    if (more == 1) model[i] = long.MaxValue;
                    runs[i] = entries[i].Runs;
                    entries[i].DueAt.ShouldBe(model[i]);
                }
            }
        });

    private sealed class Entry : TimerEntry
    {
        internal int Runs { get; private set; }

        internal Action Then { get; set; } = static () => { };

        internal override void OnDue()
        {
            Runs++;
            Then();
        }
    }
}
