using CsCheck;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Polling;

public sealed class EventBatchTests
{
    private const PollEvents All = PollEvents.In | PollEvents.Out | PollEvents.ReadHangUp | PollEvents.EdgeTriggered;

    [Fact]
    public void Set_AnyEntries_AreReadBackWithoutTouchingTheirNeighbours()
        => Gen.Select(Gen.UInt, Gen.ULong).Array[1, 40].Sample(entries =>
        {
            var batch = new EventBatch(entries.Length);
            for (int i = entries.Length - 1; i >= 0; i--) batch.Set(i, (PollEvents)entries[i].Item1, entries[i].Item2);
            for (int i = 0; i < entries.Length; i++)
            {
                batch.Events(i).ShouldBe((PollEvents)entries[i].Item1);
                batch.Data(i).ShouldBe(entries[i].Item2);
            }
        });

    [Fact]
    public void Wait_ManyReadyDescriptors_AreToldWithTheirOwnBits()
    {
        var calls = new KernelSocketCalls();
        int epoll = Descriptors.CreateEpoll().Value;
        int[] events = [.. Enumerable.Range(0, 5).Select(_ => Descriptors.CreateEventFd().Value)];
        try
        {
            ulong[] data = [ulong.MaxValue, 1UL << 63, 0x0102030405060708, 0, 42];
            for (int i = 0; i < events.Length; i++)
            {
                calls.Watch(epoll, events[i], PollEvents.In, data[i]).Ok.ShouldBeTrue();
                Descriptors.Signal(events[i]);
            }

            var batch = new EventBatch(8);
            calls.Wait(epoll, batch, 1000).Value.ShouldBe(5);
            Enumerable.Range(0, 5).Select(batch.Data).ShouldBe(data, ignoreOrder: true);
            Enumerable.Range(0, 5).Select(batch.Events).ShouldAllBe(bits => bits == PollEvents.In);
        }
        finally
        {
            foreach (int fd in events.Append(epoll)) Descriptors.Close(fd);
        }
    }

    [Fact]
    public void Wait_MoreReadyThanRoom_TellsTheRestTheNextTime()
    {
        var calls = new KernelSocketCalls();
        int epoll = Descriptors.CreateEpoll().Value;
        int[] events = [.. Enumerable.Range(0, 5).Select(_ => Descriptors.CreateEventFd().Value)];
        try
        {
            for (int i = 0; i < events.Length; i++)
            {
                calls.Watch(epoll, events[i], All, (ulong)i).Ok.ShouldBeTrue();
                Descriptors.Signal(events[i]);
            }

            var batch = new EventBatch(2);
            var seen = new List<ulong>();
            for (int turn = 0; turn < 3; turn++)
            {
                int count = calls.Wait(epoll, batch, 0).Value;
                count.ShouldBeInRange(1, 2);
                for (int i = 0; i < count; i++) seen.Add(batch.Data(i));
            }

            seen.ShouldBe(new ulong[] { 0, 1, 2, 3, 4 }, ignoreOrder: true);
            calls.Wait(epoll, batch, 0).Value.ShouldBe(0);
        }
        finally
        {
            foreach (int fd in events.Append(epoll)) Descriptors.Close(fd);
        }
    }

    [Fact]
    public void Wait_Unwatched_TellsNothingMore()
    {
        var calls = new KernelSocketCalls();
        int epoll = Descriptors.CreateEpoll().Value, fd = Descriptors.CreateEventFd().Value;
        try
        {
            calls.Watch(epoll, fd, PollEvents.In, 1).Ok.ShouldBeTrue();
            calls.Watch(epoll, fd, PollEvents.In, 1).Ok.ShouldBeFalse();
            Descriptors.Signal(fd);
            calls.Unwatch(epoll, fd).Ok.ShouldBeTrue();
            calls.Wait(epoll, new EventBatch(1), 0).Value.ShouldBe(0);
            calls.Unwatch(epoll, fd).Error.ShouldBe(Errno.NoEntry);
        }
        finally
        {
            Descriptors.Close(fd);
            Descriptors.Close(epoll);
        }
    }
}
