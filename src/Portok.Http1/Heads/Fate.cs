namespace Portok.Http1;

/// <summary>What a rewriter does with a field line.</summary>
internal enum Fate : byte
{
    /// <summary>It goes on as it stands, as part of a run.</summary>
    Copy,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>It is written anew in its place.</summary>
    Replace,
}
