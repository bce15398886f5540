namespace Portok.Http1;

/// <summary>One field line of a parsed head: where its name and its value (without surrounding white space) stand.</summary>
public struct HeaderField
{
    public Slice Name;
    public Slice Value;
    public FieldKind Kind;

    /// <summary>True when the field belongs to one hop only (RFC 9110 7.6.1): a known hop-by-hop field, or one that Connection names.</summary>
    public bool IsHopByHop;

    /// <summary>White space other than at most one SP in front of the value: the line is written anew, not copied.</summary>
    internal bool IsOddlySpaced;
}
