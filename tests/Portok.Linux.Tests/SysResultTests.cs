using System.Net;
using Portok.Linux.Sockets;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests;

/// <summary>Alone in the process: a garbage collection without end would hold up every other test.</summary>
[CollectionDefinition(nameof(SysResultTests), DisableParallelization = true)]
[Collection(nameof(SysResultTests))]
public sealed class SysResultTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Success_KeepsTheValueAndHasNoError(int value)
    {
        SysResult result = SysResult.Success(value);
        result.Ok.ShouldBeTrue();
        result.Value.ShouldBe(value);
        result.Error.ShouldBe(Errno.None);
    }

    [Fact]
    public void Failure_EveryError_IsGivenBack()
    {
        foreach (Errno error in Enum.GetValues<Errno>().Where(e => e != Errno.None))
        {
            SysResult.Failure(error).Ok.ShouldBeFalse();
            SysResult.Failure(error).Error.ShouldBe(error);
            SysResult.Failure(error).ToString().ShouldBe(error.ToString());
        }
    }

    [Fact]
    public void Failure_NumberWithoutAName_PassesAsItsNumber() => SysResult.Failure((Errno)133).Error.ShouldBe((Errno)133);

    [Fact]
    public async Task Error_WhileGarbageIsCollected_IsThatOfTheCall()
    {
        // errno is read after the call returns: what the runtime does in between must not change it.
        var calls = new KernelSocketCalls();
        int listener = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 8).Value;
        // So many and no more: collecting without end can keep a thread from ever coming back out of its call.
        Task collecting = Task.Run(() =>
        {
            for (int i = 0; i < 200; i++) GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        });
        try
        {
            do
            {
                calls.Accept(listener, out _).Error.ShouldBe(Errno.Again);
                calls.Receive(-1, new byte[1]).Error.ShouldBe(Errno.BadDescriptor);
            }
            while (!collecting.IsCompleted);
        }
        finally
        {
            await collecting;
            calls.Close(listener, reset: false);
        }
    }
}
