using System.Text;
using CsCheck;
using Portok.Deployment.Probing;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Probing;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData(" \r\n\t ", null)]
    [InlineData("  a \r\n b  ", "a b")]
    [InlineData("\u001b[31mred\u0000", "?[31mred?")]
    [InlineData("grün 🟢 \u202Eevil", "grün 🟢 ?evil")]
    public void Start_OfText_IsOneSafeLine(string text, string? shown) =>
        PrintableText.Start(Encoding.UTF8.GetBytes(text)).ShouldBe(shown);

    [Fact]
    public void Start_OfAnyBytes_IsShortAndPrintable() => Gen.Byte.Array[0, 2000].Sample(bytes =>
        PrintableText.Start(bytes) is not { } text
        || (text.Length is > 0 and <= 256 && !text.Any(c => char.IsControl(c)) && text[0] != ' ' && text[^1] != ' '));
}
