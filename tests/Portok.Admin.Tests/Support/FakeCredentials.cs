using System.Net.Sockets;
using Portok.Admin.Sockets;

namespace Portok.Admin.Tests.Support;

/// <summary>Says that any user at all is on the other end.</summary>
internal sealed class FakeCredentials : IPeerCredentials
{
    public uint? OwnUid { get; set; } = 990;

    public uint? Peer { get; set; } = 990;

    public uint? UidOf(Socket connection) => Peer;
}
