namespace Portok.Testing;

/// <summary>How the other side ended its direction of a connection.</summary>
public enum WireEnd
{
    /// <summary>It has not.</summary>
    Open,

    /// <summary>By FIN.</summary>
    Closed,

    /// <summary>By RST.</summary>
    Reset,
}
