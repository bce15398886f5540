namespace Portok.Testing;

/// <summary>The kinds of request that an <see cref="OrderRun"/> sends.</summary>
public enum OrderKind
{
    /// <summary>GET.</summary>
    Get,

    /// <summary>PUT with a body.</summary>
    Put,

    /// <summary>DELETE.</summary>
    Delete,

    /// <summary>POST with Content-Length.</summary>
    Post,

    /// <summary>POST with an empty body.</summary>
    EmptyPost,

    /// <summary>POST in chunks.</summary>
    ChunkedPost,
}

/// <summary>One request with a number of its own, by which the app counts how often it was carried out.</summary>
/// <param name="Id">The number, from 0.</param>
public readonly record struct Order(int Id)
{
    private const int Kinds = 6;

    /// <summary>What it is: all kinds take turns.</summary>
    public OrderKind Kind => (OrderKind)(Id % Kinds);

    /// <summary>Whether it must never be carried out twice (RFC 9110 9.2.2).</summary>
    public bool IsPost => Kind >= OrderKind.Post;

    /// <summary>Its bytes.</summary>
    public string Request
    {
        get
        {
            string body = $"order {Id}";
            return Kind switch
            {
                OrderKind.Get => $"GET /{Id} HTTP/1.1\r\nHost: a\r\n\r\n",
                OrderKind.Delete => $"DELETE /{Id} HTTP/1.1\r\nHost: a\r\n\r\n",
                OrderKind.Put => $"PUT /{Id} HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}",
                OrderKind.Post => $"POST /{Id} HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}",
                OrderKind.EmptyPost => $"POST /{Id} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                _ => $"POST /{Id} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\norder \r\n{body.Length - 6:x}\r\n{body[6..]}\r\n0\r\n\r\n",
            };
        }
    }
}
