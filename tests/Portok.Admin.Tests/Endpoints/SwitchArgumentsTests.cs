using Portok.Admin.Contract;
using Portok.Admin.Endpoints;
using Portok.Deployment.Switching;

namespace Portok.Admin.Tests.Endpoints;

public class SwitchArgumentsTests
{
    [Theory]
    [InlineData("port=1", 1)]
    [InlineData("port=8081", 8081)]
    [InlineData("port=65535", 65535)]
    [InlineData("port=08081", 8081)]
    public void Port_Alone_IsEnough(string query, int port)
    {
        SwitchArguments.TryParse(query, out SwitchRequest? request, out _).ShouldBeTrue();
        request.ShouldBe(new SwitchRequest(port));
    }

    [Fact]
    public void Arguments_AllOfThem_AreTaken()
    {
        SwitchArguments.TryParse("reason=release+2.1%20%C3%BC&id=a-1&expect=8080&port=8081", out SwitchRequest? request, out _).ShouldBeTrue();
        request.ShouldBe(new SwitchRequest(8081, 8080, "a-1", "release 2.1 ü"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("port")]
    [InlineData("port=")]
    [InlineData("port=0")]
    [InlineData("port=65536")]
    [InlineData("port=99999999999999999999")]
    [InlineData("port=-1")]
    [InlineData("port=%2B80")]
    [InlineData("port=+80")]
    [InlineData("port=80.0")]
    [InlineData("port=8e3")]
    [InlineData("port=0x50")]
    [InlineData("port=80+")]
    [InlineData("port=http")]
    [InlineData("port=%D9%A1")]
    [InlineData("port=80&port=80")]
    public void Port_MissingOrNotAPort_IsRefused(string query) => Fault(query).Error.ShouldBe("Invalid port");

    [Theory]
    [InlineData("port=80&expect=")]
    [InlineData("port=80&expect=0")]
    [InlineData("port=80&expect=x")]
    [InlineData("port=80&expect=81&expect=81")]
    [InlineData("port=80&exepct=81")]
    [InlineData("port=80&PORT=81")]
    [InlineData("port=80&id=")]
    [InlineData("port=80&id=%C3%BC")]
    [InlineData("port=80&id=a%0Ab")]
    [InlineData("port=80&id=a&id=a")]
    [InlineData("port=80&reason=")]
    [InlineData("port=80&reason=a%0Ab")]
    [InlineData("port=80&reason=a%1B%5B31m")]
    [InlineData("port=80&reason=%E2%80%AEevil")]
    [InlineData("port=80&reason=%E2%80%A8")]
    [InlineData("port=80&reason=%C2%85")]
    [InlineData("port=80&reason=%00")]
    [InlineData("port=80&reason=%FF")]
    [InlineData("port=80&token=x")]
    public void Argument_NotValid_IsRefused(string query) => Fault(query).Error.ShouldBe("Invalid argument");

    [Fact]
    public void Lengths_AreHeldExactly()
    {
        SwitchArguments.TryParse($"port=80&id={new string('i', 128)}&reason={new string('r', 200)}", out _, out _).ShouldBeTrue();
        Fault($"port=80&id={new string('i', 129)}").Message.ShouldContain("128");
        Fault($"port=80&reason={new string('r', 201)}").Message.ShouldContain("200");
    }

    [Theory]
    [InlineData("port=http", "\"http\"")]
    [InlineData("port=http", "1 to 65535")]
    [InlineData("", "missing")]
    [InlineData("port=1&port=2", "once")]
    [InlineData("port=80&exepct=81", "port, expect, id and reason")]
    [InlineData("port=80&expect=x", "\"expect\"")]
    public void Fault_SaysWhatWasWrongAndWhatIsAllowed(string query, string words) => Fault(query).Message.ShouldContain(words);

    [Fact]
    public void Fault_QuotesNothingThatATerminalWouldObey()
    {
        string message = Fault("port=%1B%5B31m%0D%0A" + new string('9', 500)).Message;
        message.ShouldContain("\"?[31m??9");
        message.Any(char.IsControl).ShouldBeFalse();
        message.Length.ShouldBeLessThan(200);
    }

    private static ErrorAnswer Fault(string query)
    {
        SwitchArguments.TryParse(query, out _, out ErrorAnswer? fault).ShouldBeFalse();
        return fault!;
    }
}
