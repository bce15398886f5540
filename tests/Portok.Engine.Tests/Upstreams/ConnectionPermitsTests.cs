using CsCheck;
using Portok.Engine.Tests.Support;
using Portok.Engine.Upstreams;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Upstreams;

public sealed class ConnectionPermitsTests : IDisposable
{
    private readonly Loose _loose = new(reactors: 2);

    public void Dispose() => _loose.Dispose();

    [Fact]
    public void TakeOrWait_PastTheCap_JoinsTheQueueInOrder()
    {
        var permits = new ConnectionPermits(2);
        permits.TakeOrWait(Waiter(1)).ShouldBeTrue();
        permits.TakeOrWait(Waiter(2)).ShouldBeTrue();
        permits.HasWaiters.ShouldBeFalse();
        permits.TakeOrWait(Waiter(3)).ShouldBeFalse();
        permits.TakeOrWait(Waiter(4)).ShouldBeFalse();
        permits.HasWaiters.ShouldBeTrue();
        permits.Dismiss().Select(w => w.ClientId).ShouldBe([3UL, 4UL]);
        permits.HasWaiters.ShouldBeFalse();
    }

    [Fact]
    public void Release_SomebodyWaits_HandsThePermitOverInsteadOfFreeingIt()
    {
        var permits = new ConnectionPermits(1);
        permits.TakeOrWait(Waiter(1)).ShouldBeTrue();
        permits.TakeOrWait(Waiter(2)).ShouldBeFalse();
        permits.Release();
        permits.HasWaiters.ShouldBeFalse();
        // It is on its way to the waiter: nobody else gets it.
        permits.TakeOrWait(Waiter(3)).ShouldBeFalse();
    }

    [Fact]
    public void Release_NobodyWaits_FreesIt()
    {
        var permits = new ConnectionPermits(1);
        permits.TakeOrWait(Waiter(1)).ShouldBeTrue();
        permits.Release();
        permits.TakeOrWait(Waiter(2)).ShouldBeTrue();
        permits.TakeOrWait(Waiter(3)).ShouldBeFalse();
    }

    [Fact]
    public void TakeFirst_WhicheverReactorItWaitsOn_IsTheOneThatWaitedLongest()
    {
        var permits = new ConnectionPermits(0);
        permits.TakeOrWait(Waiter(1, reactor: 1)).ShouldBeFalse();
        permits.TakeOrWait(Waiter(2, reactor: 0)).ShouldBeFalse();
        permits.TakeFirst(out ConnectionPermits.Waiter first).ShouldBeTrue();
        first.ShouldBe(Waiter(1, reactor: 1));
        permits.TakeFirst(out ConnectionPermits.Waiter second).ShouldBeTrue();
        second.ShouldBe(Waiter(2, reactor: 0));
        permits.TakeFirst(out _).ShouldBeFalse();
        permits.HasWaiters.ShouldBeFalse();
    }

    [Fact]
    public void AnyHistory_NeverGivesOutMoreThanTheCap_AndServesInOrder()
        => Gen.Select(Gen.Int[1, 4], Gen.Int[0, 2].Array[1, 100]).Sample((cap, steps) =>
        {
            var permits = new ConnectionPermits(cap);
            var queue = new Queue<ulong>();
            int held = 0;
            ulong next = 0;
            foreach (int step in steps)
            {
                if (step <= 1)
                {
                    bool given = permits.TakeOrWait(Waiter(++next));
                    given.ShouldBe(held < cap && queue.Count == 0);
                    if (given) held++;
                    else queue.Enqueue(next);
                }
                else if (held > 0)
                {
                    permits.Release();
                    // Handed over to the first in the queue, or free again.
                    if (!queue.TryDequeue(out _)) held--;
                }

                permits.HasWaiters.ShouldBe(queue.Count > 0);
            }

            permits.Dismiss().Select(w => w.ClientId).ShouldBe(queue);
        }, threads: 1);

    private ConnectionPermits.Waiter Waiter(ulong clientId, int reactor = 0) => new(_loose.Reactors[reactor], clientId);
}
