using CsCheck;
using Portok.Engine.Tests.Support;
using Portok.Engine.Upstreams;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Upstreams;

public sealed class UpstreamPoolTests : IDisposable
{
    private readonly Loose _loose = new();

    public void Dispose() => _loose.Dispose();

    [Fact]
    public void Pop_IsTheOneUsedLast()
    {
        UpstreamConnection first = _loose.Connection(), second = _loose.Connection();
        _loose.Pool.Push(first);
        _loose.Pool.Push(second);
        _loose.Pool.Pop().ShouldBeSameAs(second);
        _loose.Pool.Pop().ShouldBeSameAs(first);
        _loose.Pool.Pop().ShouldBeNull();
        _loose.Pool.HasIdle.ShouldBeFalse();
    }

    [Fact]
    public void AnyHistory_RemovalFromTheMiddleIncluded_IsLikeAPlainStack()
        => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9]).Array[1, 80].Sample(steps =>
        {
            UpstreamPool pool = _loose.Pool;
            var model = new List<UpstreamConnection>();
            foreach ((int kind, int index) in steps)
            {
                if (kind <= 1)
                {
                    UpstreamConnection connection = _loose.Connection();
                    pool.Push(connection);
                    model.Add(connection);
                }
                else if (kind == 2 && model.Count > 0)
                {
                    UpstreamConnection gone = model[index % model.Count];
                    pool.Remove(gone);
                    gone.IsIdle.ShouldBeFalse();
                    model.Remove(gone);
                }
                else
                {
                    pool.Pop().ShouldBeSameAs(model.LastOrDefault());
                    if (model.Count > 0) model.RemoveAt(model.Count - 1);
                }

                pool.Peek().ShouldBeSameAs(model.LastOrDefault());
                model.ShouldAllBe(c => c.IsIdle);
                _loose.Reactors[0].Counters.UpstreamIdle.ShouldBe(model.Count);
            }

            while (pool.Pop() is not null)
            {
            }
        }, threads: 1);

    [Fact]
    public void IsSafeFor_NothingSeen_IsAlwaysTrue() => _loose.Pool.IsSafeFor(1_000_000, 1_000_000).ShouldBeTrue();

    [Fact]
    public void IsSafeFor_AppClosesAfterFiveSeconds_IsTrueForTheFirstHalfOfThatOnly()
    {
        _loose.Pool.NoteIdleClose(5000, nowMs: 100_000);
        _loose.Pool.IsSafeFor(2499, 100_001).ShouldBeTrue();
        _loose.Pool.IsSafeFor(2500, 100_001).ShouldBeFalse();
    }

    [Fact]
    public void IsSafeFor_ShortestOfTheLastMinuteCounts_AndIsForgottenAfterIt()
    {
        _loose.Pool.NoteIdleClose(10, nowMs: 100_000);
        _loose.Pool.NoteIdleClose(5000, nowMs: 100_100);
        _loose.Pool.IsSafeFor(100, 100_200).ShouldBeFalse();
        _loose.Pool.IsSafeFor(100, 160_101).ShouldBeTrue();
        _loose.Pool.NoteIdleClose(5000, nowMs: 161_000);
        _loose.Pool.IsSafeFor(100, 161_001).ShouldBeTrue();
    }
}
