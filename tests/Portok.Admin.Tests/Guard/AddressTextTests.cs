using System.Net;
using Portok.Admin.Guard;

namespace Portok.Admin.Tests.Guard;

public class AddressTextTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("255.0.9.10", "255.0.9.10")]
    [InlineData("::1", "::1")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("::ffff:a00:1", "10.0.0.1")]
    public void Address_IsRead(string text, string address)
    {
        AddressText.TryParse(text, out IPAddress parsed).ShouldBeTrue();
        parsed.ToString().ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 127.0.0.1")]
    [InlineData("127.0.0.1 ")]
    [InlineData("127.1")]
    [InlineData("1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.0.0.01")]
    [InlineData("127.0.0.256")]
    [InlineData("127.0.0.1.")]
    [InlineData("127.0.0.+1")]
    [InlineData("127.0.0.1.1")]
    [InlineData("::1%lo")]
    [InlineData("[::1]")]
    [InlineData("::1/128")]
    [InlineData(":::")]
    [InlineData("localhost")]
    [InlineData("unknown")]
    public void Address_WrittenInAnyOtherWay_IsRefused(string text) => AddressText.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1:4711", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    public void Node_WithOrWithoutPort_IsRead(string text, string address)
    {
        AddressText.TryParseNode(text, out IPAddress parsed).ShouldBeTrue();
        parsed.ToString().ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[192.0.2.1]")]
    [InlineData("[2001:db8::1")]
    [InlineData("[2001:db8::1]4711")]
    [InlineData("[2001:db8::1]:")]
    [InlineData("[]:80")]
    [InlineData("192.0.2.1:")]
    [InlineData("192.0.2.1:x")]
    [InlineData("192.0.2.1:123456")]
    [InlineData("192.0.2.1:-1")]
    [InlineData("_hidden")]
    [InlineData("unknown")]
    public void Node_WrittenInAnyOtherWay_IsRefused(string text) => AddressText.TryParseNode(text, out _).ShouldBeFalse();

    [Fact]
    public void LinkLocalAddress_LosesItsZone() =>
        AddressText.Normalise(IPAddress.Parse("fe80::1%3")).ToString().ShouldBe("fe80::1");
}
