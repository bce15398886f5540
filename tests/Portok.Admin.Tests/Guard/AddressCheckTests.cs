using Portok.Admin.Contract;
using Portok.Admin.Guard;
using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Guard;

public class AddressCheckTests
{
    private readonly AddressCheck _check = new(Headers.Allow("127.0.0.1/32", "::1/128", "10.0.0.0/8", "fe80::/10"));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.9.9.9")]
    [InlineData("fe80::1%eth0")]
    public void Peer_InTheList_IsAllowed(string peer) => Find((AdminHeaders.Peer, peer)).ShouldBe(AddressFinding.Allowed);

    [Fact]
    public void Peer_NotInTheList_IsRefused() =>
        Find((AdminHeaders.Peer, "203.0.113.9")).ShouldBe(AddressFinding.PeerRefused);

    [Fact]
    public void Peer_NotSaid_IsRefused() => Find().ShouldBe(AddressFinding.PeerUnknown);

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1, 10.0.0.1")]
    [InlineData("%eth0")]
    public void Peer_NotReadable_IsRefused(string peer) => Find((AdminHeaders.Peer, peer)).ShouldBe(AddressFinding.PeerUnknown);

    [Fact]
    public void Peer_SaidTwice_IsRefused() =>
        Find((AdminHeaders.Peer, "127.0.0.1"), (AdminHeaders.Peer, "127.0.0.1")).ShouldBe(AddressFinding.PeerUnknown);

    [Theory]
    [InlineData("X-Forwarded-For", "10.1.1.1", AddressFinding.Allowed)]
    [InlineData("X-Forwarded-For", "10.1.1.1, 203.0.113.9", AddressFinding.ForwardedRefused)]
    [InlineData("X-Forwarded-For", "203.0.113.9, 10.1.1.1", AddressFinding.ForwardedRefused)]
    [InlineData("X-Forwarded-For", "nonsense", AddressFinding.ForwardingUnreadable)]
    [InlineData("X-Real-IP", "203.0.113.9", AddressFinding.ForwardedRefused)]
    [InlineData("Forwarded", "for=10.1.1.1", AddressFinding.Allowed)]
    [InlineData("Forwarded", "for=203.0.113.9", AddressFinding.ForwardedRefused)]
    [InlineData("Forwarded", "for=unknown", AddressFinding.ForwardingUnreadable)]
    public void ForwardingHeader_Narrows(string name, string value, object finding) =>
        Find((AdminHeaders.Peer, "127.0.0.1"), (name, value)).ShouldBe((AddressFinding)finding);

    [Fact]
    public void ForwardingHeader_NeverWidens() =>
        Find((AdminHeaders.Peer, "203.0.113.9"), ("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"))
            .ShouldBe(AddressFinding.PeerRefused);

    [Fact]
    public void Stranger_IsNamed()
    {
        AddressVerdict verdict = _check.Check(Headers.Of((AdminHeaders.Peer, "127.0.0.1"), ("X-Forwarded-For", "10.0.0.1, 203.0.113.9")));
        verdict.Peer.ToString().ShouldBe("127.0.0.1");
        verdict.Stranger!.ToString().ShouldBe("203.0.113.9");
    }

    private AddressFinding Find(params (string Name, string Value)[] headers) => _check.Check(Headers.Of(headers)).Finding;
}
