namespace Portok.Admin.Contract;

/// <summary>The exact paths of the admin API, compared byte for byte with the request's path.</summary>
public static class AdminPaths
{
    /// <summary>GET: what is active, what drains, what the rollback watch says.</summary>
    public const string Status = "/__status";

    /// <summary>GET: the counters.</summary>
    public const string Metrics = "/__metrics";

    /// <summary>POST: moves traffic to another port.</summary>
    public const string Switch = "/__switch";

    /// <summary>GET: probes the active port now.</summary>
    public const string Health = "/__health";
}
