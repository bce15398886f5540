using System.Buffers.Binary;
using System.Net;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Headers;

/// <summary>The layouts that are read and written by hand against the structs of this machine's C headers.</summary>
public sealed class LayoutTests
{
    [Fact]
    public async Task EpollEvent_StrideAndDataOffset_AreThoseOfTheStruct()
    {
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(
            ["sizeof(struct epoll_event)", "offsetof(struct epoll_event, events)", "offsetof(struct epoll_event, data)", "sizeof(epoll_data_t)"]);

        real["sizeof(struct epoll_event)"].ShouldBe(EventBatch.Stride);
        real["offsetof(struct epoll_event, data)"].ShouldBe(EventBatch.DataOffset);
        real["offsetof(struct epoll_event, events)"].ShouldBe(0);
        real["sizeof(epoll_data_t)"].ShouldBe(sizeof(ulong));
    }

    [Fact]
    public async Task Linger_Struct_IsTwoInts()
    {
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(
            ["sizeof(struct linger)", "offsetof(struct linger, l_onoff)", "offsetof(struct linger, l_linger)"]);

        real["sizeof(struct linger)"].ShouldBe(8);
        real["offsetof(struct linger, l_onoff)"].ShouldBe(0);
        real["offsetof(struct linger, l_linger)"].ShouldBe(4);
    }

    [Fact]
    public async Task Loopback_SockAddr_HasPortAndAddressWhereTheStructHasThem()
    {
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(
            ["sizeof(struct sockaddr_in)", "offsetof(struct sockaddr_in, sin_port)", "offsetof(struct sockaddr_in, sin_addr)", "sizeof(sa_family_t)", "INADDR_LOOPBACK"]);
        byte[] address = UpstreamAddress.Loopback(0x1234).SockAddr;

        real["sizeof(sa_family_t)"].ShouldBe(2);
        ((long)address.Length).ShouldBe(real["sizeof(struct sockaddr_in)"]);
        BinaryPrimitives.ReadUInt16BigEndian(address.AsSpan((int)real["offsetof(struct sockaddr_in, sin_port)"])).ShouldBe((ushort)0x1234);
        ((long)BinaryPrimitives.ReadUInt32BigEndian(address.AsSpan((int)real["offsetof(struct sockaddr_in, sin_addr)"]))).ShouldBe(real["INADDR_LOOPBACK"]);
    }

    [Fact]
    public async Task PeerAddress_IsReadFromWhereTheV6StructHasIt()
    {
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(
            ["sizeof(struct sockaddr_in6)", "offsetof(struct sockaddr_in6, sin6_addr)", "offsetof(struct sockaddr_in6, sin6_scope_id)", "AF_INET6"]);
        byte[] address = new byte[real["sizeof(struct sockaddr_in6)"]];
        BinaryPrimitives.WriteUInt16LittleEndian(address, (ushort)real["AF_INET6"]);
        IPAddress.Parse("2001:db8::7").TryWriteBytes(address.AsSpan((int)real["offsetof(struct sockaddr_in6, sin6_addr)"]), out _).ShouldBeTrue();

        address.Length.ShouldBe(28);
        real["offsetof(struct sockaddr_in6, sin6_scope_id)"].ShouldBe(24);
        PeerAddress.FromSockAddr(address).ToString().ShouldBe("2001:db8::7");
    }

    [Fact]
    public async Task Unix_LongestPath_FillsTheStructButForItsNul()
    {
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(["sizeof(struct sockaddr_un)", "offsetof(struct sockaddr_un, sun_path)"]);
        byte[] address = UpstreamAddress.Unix("/" + new string('x', UpstreamAddress.MaxUnixPathLength - 1)).SockAddr;

        ((long)address.Length).ShouldBe(real["sizeof(struct sockaddr_un)"]);
        address[(int)real["offsetof(struct sockaddr_un, sun_path)"]].ShouldBe((byte)'/');
        address[^1].ShouldBe((byte)0);
    }

    [Fact]
    public void Unix_PathThatDoesNotFit_IsRefused()
    {
        Should.Throw<ArgumentException>(() => UpstreamAddress.Unix("/" + new string('x', UpstreamAddress.MaxUnixPathLength)));
        Should.Throw<ArgumentException>(() => UpstreamAddress.Unix(""));
        Should.Throw<ArgumentException>(() => UpstreamAddress.Unix("/" + new string('é', 54)));
    }
}
