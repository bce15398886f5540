namespace Portok.Deployment.Probing;

/// <summary>Asks an app whether it is healthy.</summary>
public interface IProber
{
    /// <summary>One probe of 127.0.0.1:port on a fresh connection. Never throws but for cancellation.</summary>
    Task<ProbeResult> ProbeAsync(int port, CancellationToken cancellation);
}
