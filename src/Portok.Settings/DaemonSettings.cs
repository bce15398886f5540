using System.Net;
using Microsoft.Extensions.Logging;
using Catalogue = Portok.Settings.SettingCatalogue;

namespace Portok.Settings;

/// <summary>A complete, valid set of settings. Immutable.</summary>
public sealed class DaemonSettings
{
    private readonly Dictionary<SettingDefinition, object?> _values;

    /// <param name="values">A value for every definition of the catalogue.</param>
    public DaemonSettings(IReadOnlyDictionary<SettingDefinition, object?> values) => _values = new(values);

    public string InstanceName => Get(Catalogue.InstanceName);
    public int ListenPort => Get(Catalogue.ListenPort);
    public IPAddress? ListenHost => Get(Catalogue.ListenHost);
    public int InitialTargetPort => Get(Catalogue.InitialTargetPort);
    public string StateFile => Get(Catalogue.StateFile) ?? $"/var/lib/portok/{InstanceName}.json";
    public string HealthPath => Get(Catalogue.HealthPath);
    public TimeSpan HealthTimeout => Ms(Catalogue.HealthTimeoutMs);
    public TimeSpan Drain => Ms(Catalogue.DrainMs);
    public TimeSpan RollbackWindow => Ms(Catalogue.RollbackWindowMs);
    public TimeSpan RollbackCheckEvery => Ms(Catalogue.RollbackCheckEveryMs);
    public int RollbackFailThreshold => Get(Catalogue.RollbackFailThreshold);
    public string AdminToken => Get(Catalogue.AdminToken);
    public IReadOnlyList<IPNetwork> AdminAllowlist => Get(Catalogue.AdminAllowlist);
    public string? AdminUnixSocket => Get(Catalogue.AdminUnixSocket);
    public bool AdminOnPublicPort => Get(Catalogue.AdminOnPublicPort);
    public int AdminRateLimitPerMinute => Get(Catalogue.AdminRateLimitPerMinute);
    public bool FastPath => Get(Catalogue.FastPath);

    /// <summary>At least 1: "auto" is worked out here.</summary>
    public int Reactors => Get(Catalogue.Reactors) is var n and > 0 ? n : Math.Clamp(Environment.ProcessorCount, 1, 64);

    public bool UpstreamKeepAlive => Get(Catalogue.UpstreamKeepAlive);
    public int UpstreamMaxSockets => Get(Catalogue.UpstreamMaxSockets);
    public int UpstreamKeepAliveMsecs => Get(Catalogue.UpstreamKeepAliveMsecs);
    public int UpstreamConnectTimeoutMs => Get(Catalogue.UpstreamConnectTimeoutMs);
    public int UpstreamResponseTimeoutMs => Get(Catalogue.UpstreamResponseTimeoutMs);
    public int ServerKeepAliveTimeoutMs => Get(Catalogue.ServerKeepAliveTimeout);
    public int ServerHeadersTimeoutMs => Get(Catalogue.ServerHeadersTimeout);
    public int ClientIdleTimeoutMs => Get(Catalogue.ClientIdleTimeoutMs);
    public bool EnableXfwd => Get(Catalogue.EnableXfwd);
    public int MaxHeaderBytes => Get(Catalogue.MaxHeaderBytes);
    public int MaxHeaders => Get(Catalogue.MaxHeaders);
    public long MaxBodyBytes => Get(Catalogue.MaxBodyBytes);
    public string? ErrorPagesDir => Get(Catalogue.ErrorPagesDir);
    public bool DebugUpstream => Get(Catalogue.DebugUpstream);
    public bool VerboseErrors => Get(Catalogue.VerboseErrors);
    public LogForm LogFormat => Get(Catalogue.LogFormat);
    public LogLevel LogLevel => Get(Catalogue.LogLevel);

    /// <summary>The value behind a definition.</summary>
    public object? this[SettingDefinition definition] => _values[definition];

    /// <summary>These settings, but with the values of <paramref name="other"/> for <paramref name="taken"/>.</summary>
    public DaemonSettings With(IEnumerable<SettingDefinition> taken, DaemonSettings other)
    {
        Dictionary<SettingDefinition, object?> values = new(_values);
        foreach (SettingDefinition definition in taken)
        {
            values[definition] = other[definition];
        }

        return new DaemonSettings(values);
    }

    private T Get<T>(Setting<T> setting) => (T)_values[setting]!;

    private TimeSpan Ms(Setting<int> setting) => TimeSpan.FromMilliseconds(Get(setting));
}
