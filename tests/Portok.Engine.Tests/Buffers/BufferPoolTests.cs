using CsCheck;
using Portok.Engine.Buffers;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Buffers;

public sealed class BufferPoolTests
{
    [Fact]
    public void Rent_AnySize_IsAtLeastThatLarge()
        => Gen.OneOf(Gen.Int[0, 5000], Gen.Int[0, 3_000_000]).Sample(size => new BufferPool().Rent(size).Length.ShouldBeGreaterThanOrEqualTo(size), iter: 300);

    [Fact]
    public void Rent_AfterReturn_IsTheSameBuffer()
    {
        var pool = new BufferPool();
        byte[] first = pool.Rent(3000);
        pool.Return(first);
        pool.Rent(2000).ShouldBeSameAs(first);
    }

    [Fact]
    public void Rent_Twice_IsNeverTheSameBuffer()
    {
        var pool = new BufferPool();
        pool.Rent(100).ShouldNotBeSameAs(pool.Rent(100));
    }

    [Fact]
    public void Rented_CountsWhatIsOut()
    {
        var pool = new BufferPool();
        byte[][] buffers = [pool.Rent(1), pool.Rent(5000), pool.Rent(20_000_000)];
        pool.Rented.ShouldBe(3);
        foreach (byte[] buffer in buffers) pool.Return(buffer);
        pool.Rented.ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(1 << 20, 4)]
    public void Return_MoreThanAClassKeeps_LetsTheRestGo(int size, int kept)
    {
        var pool = new BufferPool();
        byte[][] buffers = [.. Enumerable.Range(0, kept + 10).Select(_ => pool.Rent(size))];
        foreach (byte[] buffer in buffers) pool.Return(buffer);
        byte[][] again = [.. Enumerable.Range(0, kept + 10).Select(_ => pool.Rent(size))];
        again.Count(buffer => buffers.Any(old => ReferenceEquals(old, buffer))).ShouldBe(kept);
    }
}
