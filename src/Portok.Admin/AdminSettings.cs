using Portok.Admin.Guard;

namespace Portok.Admin;

/// <summary>What the admin API is run with. Immutable; <see cref="AdminServer.Apply"/> takes a changed copy.</summary>
public sealed record AdminSettings
{
    /// <summary>The admin secret, not empty. ADMIN_TOKEN. Live.</summary>
    public required string Token { get; init; }

    /// <summary>Who may ask on the public port. ADMIN_ALLOWLIST. Live.</summary>
    public Allowlist Allowlist { get; init; } = Allowlist.Loopback;

    /// <summary>Admin requests a minute for one address of the public port; 0 turns the limit off. ADMIN_RATE_LIMIT_PER_MINUTE. Live.</summary>
    public int RateLimitPerMinute { get; init; } = 10;

    /// <summary>The probe path, for messages only. HEALTH_PATH. Live.</summary>
    public string HealthPath { get; init; } = "/health";

    /// <summary>Report upstreamSocketsCreated. DEBUG_UPSTREAM. Live.</summary>
    public bool DebugUpstream { get; init; }

    /// <summary>The daemon's version as /__status tells it.</summary>
    public required string Version { get; init; }

    /// <summary>The admin API's own socket for people and scripts on this host; null: none. ADMIN_UNIX_SOCKET. Fixed.</summary>
    public string? UnixSocketPath { get; init; }

    /// <summary>
    /// The folder of the socket that the data plane relays to; made with mode 0700 when it is missing. Only the daemon's own
    /// user may be able to write there. Fixed.
    /// </summary>
    public required string PrivateSocketDirectory { get; init; }

    /// <summary>Never the token: settings end up in logs and error messages.</summary>
    public override string ToString() => $"AdminSettings {{ Allowlist = {Allowlist}, RateLimitPerMinute = {RateLimitPerMinute} }}";
}
