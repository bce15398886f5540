namespace Portok.Http1;

/// <summary>The method of a request. Methods are case-sensitive (RFC 9110 9.1); an unknown token is <see cref="Other"/>.</summary>
public enum MethodKind : byte
{
    Other,
    Get,
    Head,
    Post,
    Put,
    Delete,
    Options,
    Trace,
    Patch,
    Connect,
}
