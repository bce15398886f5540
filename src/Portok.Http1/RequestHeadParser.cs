namespace Portok.Http1;

/// <summary>Parses one whole request head (RFC 9112 3, 5, 6, 7). Pure; allocates nothing.</summary>
public static class RequestHeadParser
{
    /// <summary>
    /// Parses the head that <see cref="HeadScanner"/> found. On success <paramref name="head"/> is filled; otherwise it
    /// is undefined, but for Method, Host and the Accept field as far as they were read.
    /// </summary>
    /// <param name="bytes">Exactly the head, the empty line included.</param>
    /// <param name="head">The workspace to fill.</param>
    /// <returns>None when valid, else the rule that was broken.</returns>
    public static RejectReason Parse(ReadOnlySpan<byte> bytes, RequestHead head) => throw new NotImplementedException();
}
