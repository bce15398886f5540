using System.Globalization;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Polling;

public sealed class DescriptorsTests
{
    private const int CloseOnExec = 0x80000, NonBlock = 0x800;

    [Fact]
    public void CreateEventFd_IsNonBlockingAndCloseOnExec()
    {
        int fd = Descriptors.CreateEventFd().Value;
        FlagsOf(fd).ShouldBe(FlagsOf(fd) | CloseOnExec | NonBlock);
        Descriptors.Close(fd);
    }

    [Fact]
    public void CreateEpoll_IsCloseOnExec()
    {
        int fd = Descriptors.CreateEpoll().Value;
        (FlagsOf(fd) & CloseOnExec).ShouldBe(CloseOnExec);
        Descriptors.Close(fd);
    }

    [Fact]
    public void Duplicate_IsTheSameOpenFile_CloseOnExec()
    {
        int fd = Descriptors.CreateEventFd().Value;
        int second = Descriptors.Duplicate(fd).Value;
        second.ShouldNotBe(fd);
        (FlagsOf(second) & CloseOnExec).ShouldBe(CloseOnExec);
        Descriptors.Signal(fd);
        Descriptors.Close(fd);

        IsReadable(second).ShouldBeTrue();
        Descriptors.Close(second);
    }

    [Fact]
    public void Duplicate_OfNothing_SaysSo() => Descriptors.Duplicate(-1).Error.ShouldBe(Errno.BadDescriptor);

    [Fact]
    public void Drain_AfterSignals_IsQuietAgain()
    {
        int fd = Descriptors.CreateEventFd().Value;
        IsReadable(fd).ShouldBeFalse();
        Descriptors.Signal(fd);
        Descriptors.Signal(fd);
        IsReadable(fd).ShouldBeTrue();
        Descriptors.Drain(fd);
        IsReadable(fd).ShouldBeFalse();
        Descriptors.Drain(fd);
        Descriptors.Close(fd);
    }

    private static bool IsReadable(int fd)
    {
        var calls = new KernelSocketCalls();
        int epoll = Descriptors.CreateEpoll().Value;
        calls.Watch(epoll, fd, PollEvents.In, 0).Ok.ShouldBeTrue();
        int count = calls.Wait(epoll, new EventBatch(1), 0).Value;
        Descriptors.Close(epoll);
        return count == 1;
    }

    /// <summary>The flags of open(2) of a descriptor, as the kernel tells them (octal).</summary>
    private static int FlagsOf(int fd)
        => Convert.ToInt32(File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{fd}")).First(l => l.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim(), 8);
}
