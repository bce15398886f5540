using Portok.Admin.Endpoints;

namespace Portok.Admin.Tests.Endpoints;

public class QueryStringTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=1", "a:1")]
    [InlineData("a=1&b=2&a=3", "a:1 b:2 a:3")]
    [InlineData("&&a=1&", "a:1")]
    [InlineData("a", "a:")]
    [InlineData("a=b=c", "a:b=c")]
    [InlineData("%61=%38+1", "a:8 1")]
    [InlineData("a=%C3%BC%2B", "a:ü+")]
    public void Pairs_AreDecoded(string query, string pairs)
    {
        QueryString.TryParse(query, out List<(string Key, string Value)> found).ShouldBeTrue();
        string.Join(' ', found.Select(p => $"{p.Key}:{p.Value}")).ShouldBe(pairs);
    }

    [Theory]
    [InlineData("a=%")]
    [InlineData("a=%4")]
    [InlineData("a=%4g")]
    [InlineData("a=% 1")]
    [InlineData("%zz=1")]
    [InlineData("a=%FF")]
    [InlineData("a=%C3")]
    [InlineData("a=%C0%80")]
    [InlineData("a=%ED%A0%80")]
    [InlineData("a=ü")]
    public void Text_ThatCannotBeDecoded_IsRefused(string query) => QueryString.TryParse(query, out _).ShouldBeFalse();
}
