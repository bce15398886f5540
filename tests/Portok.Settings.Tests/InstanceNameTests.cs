using Shouldly;

namespace Portok.Settings.Tests;

public sealed class InstanceNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("api")]
    [InlineData("api-2_b")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void IsValid_NameOfTheGrammar_IsTrue(string name) => InstanceName.IsValid(name).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("_a")]
    [InlineData("Api")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("a٣")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void IsValid_AnythingElse_IsFalse(string name) => InstanceName.IsValid(name).ShouldBeFalse();
}
