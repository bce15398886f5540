using System.Net.Sockets;

namespace Portok.Admin.Sockets;

/// <summary>Says which users are on the two ends of a Unix socket. Any thread; never throws.</summary>
public interface IPeerCredentials
{
    /// <summary>The effective user id of this process; null when the system does not say.</summary>
    uint? OwnUid { get; }

    /// <summary>The user id of the process that connected; null when the system does not say.</summary>
    uint? UidOf(Socket connection);
}
