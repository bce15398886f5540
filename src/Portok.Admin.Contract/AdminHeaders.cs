namespace Portok.Admin.Contract;

/// <summary>Header names of the admin API, in lower case.</summary>
public static class AdminHeaders
{
    /// <summary>The admin secret. <c>Authorization: Bearer</c> does the same.</summary>
    public const string Token = "x-admin-token";

    /// <summary>
    /// The address of the TCP peer of the public port, written by the data plane, which strips it from what clients send.
    /// Only the private socket believes it.
    /// </summary>
    public const string Peer = "x-portok-peer";
}
