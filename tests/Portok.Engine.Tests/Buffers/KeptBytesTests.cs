using CsCheck;
using Portok.Engine.Buffers;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Buffers;

public sealed class KeptBytesTests
{
    [Fact]
    public void AnyHistory_IsLikeAPlainList_AndOwnsABufferOnlyWhileItHoldsSomething()
        => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 6000]).Array[1, 80].Sample(steps =>
        {
            var pool = new BufferPool();
            var kept = new KeptBytes();
            var model = new List<byte>();
            byte next = 0;
            foreach ((int kind, int amount) in steps)
            {
                switch (kind)
                {
                    case 0 or 1 or 2:
                        byte[] bytes = [.. Enumerable.Range(0, kind == 2 ? amount : amount % 40).Select(_ => next++)];
                        kept.Append(bytes, pool);
                        model.AddRange(bytes);
                        break;
                    case 3:
                        int count = model.Count == 0 ? 0 : amount % (model.Count + 1);
                        kept.Consume(count, pool);
                        model.RemoveRange(0, count);
                        break;
                    default:
                        byte[] destination = new byte[model.Count];
                        kept.TakeInto(destination, pool).ShouldBe(model.Count);
                        destination.ShouldBe(model);
                        model.Clear();
                        break;
                }

                kept.Count.ShouldBe(model.Count);
                kept.IsEmpty.ShouldBe(model.Count == 0);
                kept.Span.SequenceEqual(model.ToArray()).ShouldBeTrue();
                pool.Rented.ShouldBe(model.Count == 0 ? 0 : 1);
            }

            kept.Clear(pool);
            pool.Rented.ShouldBe(0);
        });
}
