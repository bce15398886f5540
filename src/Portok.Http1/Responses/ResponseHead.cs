namespace Portok.Http1;

/// <summary>A parsed response head (RFC 9112 4 and 5). See <see cref="MessageHead"/> for lifetime.</summary>
public sealed class ResponseHead(int maxFields) : MessageHead(maxFields)
{
    /// <summary>100–599.</summary>
    public int Status { get; internal set; }

    /// <summary>The reason phrase as it came, possibly empty.</summary>
    public Slice Reason { get; internal set; }

    /// <summary>1xx other than 101: another response head follows.</summary>
    public bool IsInterim => Status < 200 && Status != 101;

    /// <summary>The seconds of a Keep-Alive: timeout=N parameter, or −1: how long the app keeps an idle connection.</summary>
    public int KeepAliveTimeoutSeconds { get; internal set; }

    /// <summary>1xx and 204: neither Content-Length nor Transfer-Encoding may stand in it (RFC 9110 8.6, RFC 9112 6.1).</summary>
    internal bool MustNotBeFramed => Status is < 200 or 204;

    internal void Reset(int length)
    {
        Clear(length);
        Status = 0;
        Reason = default;
        KeepAliveTimeoutSeconds = -1;
    }
}
