namespace Portok.Testing;

/// <summary>A wait on a socket ended otherwise than the test expected: in time-out, end of stream or reset.</summary>
public sealed class WireException : Exception
{
    public WireException()
    {
    }

    public WireException(string message)
        : base(message)
    {
    }

    public WireException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
