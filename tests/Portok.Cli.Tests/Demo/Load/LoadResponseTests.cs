using System.Text;
using Portok.Cli.Demo.Load;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Load;

public sealed class LoadResponseTests
{
    private const string Whole = "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length:  2\r\nX-App-Version: v2\r\n\r\nv2";

    [Fact]
    public void Read_AnyPartOfAnAnswer_WaitsForTheRest()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Whole);
        for (int i = 0; i < bytes.Length; i++)
        {
            LoadResponse.Read(bytes.AsSpan(0, i)).ShouldBeNull();
        }

        LoadResponse.Read(bytes).ShouldBe(new LoadResponse(200, Versions.V2, bytes.Length - 2, bytes.Length, Close: false));
    }

    [Theory]
    [InlineData("Connection: close\r\n", true)]
    [InlineData("connection: Close\r\n", true)]
    [InlineData("Connection: keep-alive\r\n", false)]
    public void Read_ConnectionHeader_SaysWhetherItGoesOn(string header, bool close) =>
        LoadResponse.Read(Encoding.ASCII.GetBytes($"HTTP/1.1 502 Bad Gateway\r\n{header}Content-Length: 0\r\n\r\n")).ShouldNotBeNull().Close.ShouldBe(close);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n")]
    public void Read_SomethingElse_IsRefused(string text) =>
        Should.Throw<InvalidDataException>(() => LoadResponse.Read(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Read_EndlessHead_IsRefused() =>
        Should.Throw<InvalidDataException>(() => LoadResponse.Read(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nx: " + new string('x', 20000))));
}
