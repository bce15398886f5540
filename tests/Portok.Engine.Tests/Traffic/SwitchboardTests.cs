using Portok.Engine.Traffic;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Traffic;

public sealed class SwitchboardTests
{
    private readonly Switchboard _board = new(8001, reactors: 2, maxConnections: 5);

    [Fact]
    public void Route_OtherPort_MovesAndTellsWhoWasActive()
    {
        Target first = _board.Active;
        _board.Route(8002).ShouldBeSameAs(first);
        _board.Active.Port.ShouldBe(8002);
    }

    [Fact]
    public void Route_SamePort_ChangesNothing()
    {
        Target first = _board.Active;
        _board.Route(8001).ShouldBeNull();
        _board.Active.ShouldBeSameAs(first);
    }

    [Fact]
    public void Route_BackToOneWithWork_IsTheSameTargetWithItsCounts()
    {
        Target first = _board.Active;
        first.Pools[1].Inflight = 2;
        _board.Route(8002);
        _board.Route(8001);
        _board.Active.ShouldBeSameAs(first);
        _board.Active.Inflight.ShouldBe(2);
    }

    [Fact]
    public void Known_OldOnesWithoutWork_AreLeftOutAndForgottenAtTheNextRoute()
    {
        Target first = _board.Active;
        _board.Route(8002);
        _board.Known().Select(t => t.Port).ShouldBe([8002]);
        _board.Find(8001).ShouldBeSameAs(first);
        _board.Route(8003);
        _board.Find(8001).ShouldBeNull();
    }

    [Fact]
    public void Known_OldOnesWithWork_ComeBehindTheActiveOneByPort()
    {
        _board.Active.Pools[0].Tunnels = 1;
        _board.Route(7000);
        _board.Active.Pools[0].Inflight = 1;
        _board.Route(9000);
        _board.Known().Select(t => t.Port).ShouldBe([9000, 7000, 8001]);
        _board.Find(8001)!.Tunnels.ShouldBe(1);
        _board.Find(7000)!.Inflight.ShouldBe(1);
    }
}
