using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Portok.Linux.Sockets;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Sockets;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.100.10.9", "255.100.10.9")]
    [InlineData("::ffff:192.0.2.33", "192.0.2.33")]
    [InlineData("::1", "::1")]
    [InlineData("::", "::")]
    [InlineData("2001:db8::1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("fe80::1234", "fe80::1234")]
    public void ToString_Address_IsItsShortestUsualForm(string address, string text) => Peer(IPAddress.Parse(address)).ToString().ShouldBe(text);

    [Fact]
    public void Format_AnyV4_IsWhatIPAddressSays()
        => Gen.Byte.Array[4].Sample(bytes => Peer(new IPAddress(bytes)).ToString().ShouldBe(new IPAddress(bytes).ToString()));

    [Fact]
    public void Format_AnyV4MappedIntoV6_IsTheV4()
        => Gen.Byte.Array[4].Sample(bytes => Peer(new IPAddress(bytes).MapToIPv6()).ToString().ShouldBe(new IPAddress(bytes).ToString()));

    [Fact]
    public void Format_AnyV6_IsWhatIPAddressSaysAndFits()
        => Gen.OneOf(Gen.Byte, Gen.Const((byte)0)).Array[16].Where(bytes => !new IPAddress(bytes).IsIPv4MappedToIPv6).Sample(bytes =>
        {
            Span<byte> text = stackalloc byte[PeerAddress.MaxTextLength];
            int length = Peer(new IPAddress(bytes)).Format(text);
            Encoding.ASCII.GetString(text[..length]).ShouldBe(new IPAddress(bytes).ToString());
        });

    [Fact]
    public void Format_UnixPeerOrNothing_IsUnknown()
    {
        PeerAddress.FromSockAddr([1, 0]).ToString().ShouldBe("unknown");
        PeerAddress.FromSockAddr([]).ToString().ShouldBe("unknown");
        default(PeerAddress).ToString().ShouldBe("unknown");
    }

    private static PeerAddress Peer(IPAddress address)
    {
        bool v6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        byte[] bytes = new byte[v6 ? 28 : 16];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(v6 ? 10 : 2));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), 54321);
        address.TryWriteBytes(bytes.AsSpan(v6 ? 8 : 4), out _).ShouldBeTrue();
        return PeerAddress.FromSockAddr(bytes);
    }
}
