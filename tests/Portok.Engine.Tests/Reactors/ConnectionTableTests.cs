using CsCheck;
using Portok.Engine.Reactors;
using Portok.Engine.Tests.Support;
using Portok.Engine.Upstreams;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Reactors;

public sealed class ConnectionTableTests : IDisposable
{
    private readonly Loose _loose = new();

    public void Dispose() => _loose.Dispose();

    [Fact]
    public void Find_AfterTheSlotHasANewOwner_OldBitsFindNothing()
    {
        var table = new ConnectionTable();
        UpstreamConnection first = _loose.Connection(), second = _loose.Connection();
        ulong old = table.Add(first);
        int slot = first.Slot;
        table.Remove(first);
        table.Find(old).ShouldBeNull();
        ulong now = table.Add(second);
        second.Slot.ShouldBe(slot);
        table.Find(old).ShouldBeNull();
        table.Find(now).ShouldBeSameAs(second);
    }

    [Fact]
    public void Find_BitsThatNobodyEverHad_FindNothing()
    {
        var table = new ConnectionTable();
        table.Find(0).ShouldBeNull();
        table.Find(ulong.MaxValue - 70).ShouldBeNull();
    }

    [Fact]
    public void AnyHistory_IsLikeADictionary()
        => Gen.Int[0, 400].Array[1, 400].Sample(steps =>
        {
            var table = new ConnectionTable();
            var model = new Dictionary<ulong, Connection>();
            var gone = new List<ulong>();
            foreach (int step in steps)
            {
                if (step < 260 || model.Count == 0)
                {
                    Connection connection = _loose.Connection();
                    ulong id = table.Add(connection);
                    gone.ShouldNotContain(id);
                    model.Add(id, connection);
                }
                else
                {
                    (ulong id, Connection connection) = model.ElementAt(step % model.Count);
                    table.Remove(connection);
                    model.Remove(id);
                    gone.Add(id);
                }
            }

            table.Count.ShouldBe(model.Count);
            foreach ((ulong id, Connection connection) in model) table.Find(id).ShouldBeSameAs(connection);
            foreach (ulong id in gone) table.Find(id).ShouldBeNull();
            table.All().ShouldBe(model.Values, ignoreOrder: true);
        }, iter: 60, threads: 1);

    [Fact]
    public void All_AddingAndRemovingOnTheWay_IsAllowed()
    {
        var table = new ConnectionTable();
        for (int i = 0; i < 100; i++) table.Add(_loose.Connection());
        int seen = 0;
        foreach (Connection connection in table.All())
        {
            seen++;
            table.Remove(connection);
            if (seen <= 50) table.Add(_loose.Connection());
            if (seen > 1000) break;
        }

        seen.ShouldBeInRange(100, 1000);
    }
}
