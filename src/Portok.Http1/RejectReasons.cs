namespace Portok.Http1;

/// <summary>The one table of what each <see cref="RejectReason"/> means to a client, a log and a metric.</summary>
public static class RejectReasons
{
    /// <summary>The status code of the answer, 400–599.</summary>
    public static int Status(RejectReason reason) => throw new NotImplementedException();

    /// <summary>The proxy error type of RFC 9209 2.3, e.g. "connection_refused".</summary>
    public static string ProxyStatusError(RejectReason reason) => throw new NotImplementedException();

    /// <summary>A stable kebab-case name for logs and metrics, e.g. "content-length-repeated".</summary>
    public static string Token(RejectReason reason) => throw new NotImplementedException();

    /// <summary>One sentence for a person: what was wrong.</summary>
    public static string Describe(RejectReason reason) => throw new NotImplementedException();
}
