namespace Portok.Admin;

/// <summary>A socket of the admin API cannot be opened; the message says why and what to do, in words for the operator.</summary>
public sealed class AdminSocketException : Exception
{
    public AdminSocketException(string message)
        : base(message)
    {
    }

    public AdminSocketException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
