namespace Portok.Http1;

/// <summary>What a parser made of the bytes so far.</summary>
public enum ParseStatus : byte
{
    /// <summary>Correct so far; more bytes are needed.</summary>
    Incomplete,

    /// <summary>The element is there, whole and valid.</summary>
    Complete,

    /// <summary>The bytes break a rule; the reason says which.</summary>
    Rejected,
}
