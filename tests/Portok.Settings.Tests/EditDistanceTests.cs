using CsCheck;
using Shouldly;

namespace Portok.Settings.Tests;

public class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "abxc", 1)]
    [InlineData("abc", "axc", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("abc", "xyz", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Between_CountsTypingErrors(string one, string other, int distance) => EditDistance.Between(one, other, 10).ShouldBe(distance);

    [Fact]
    public void Between_OverTheLimit_IsOneMore() => EditDistance.Between("abcdef", "uvwxyz", 2).ShouldBe(3);

    [Fact]
    public void Between_AnyTexts_IsSymmetricAndBounded()
        => Gen.Select(Gen.String[Gen.Char["abc"], 0, 8], Gen.String[Gen.Char["abc"], 0, 8]).Sample((one, other) =>
        {
            int distance = EditDistance.Between(one, other, 10);
            return distance == EditDistance.Between(other, one, 10)
                && distance >= Math.Abs(one.Length - other.Length)
                && distance <= Math.Max(one.Length, other.Length)
                && (distance == 0) == (one == other);
        });
}
