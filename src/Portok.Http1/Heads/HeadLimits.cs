namespace Portok.Http1;

/// <summary>How large a head may be.</summary>
/// <param name="MaxBytes">Whole head in bytes, the empty line included. Setting MAX_HEADER_BYTES.</param>
/// <param name="MaxFields">Number of field lines. Setting MAX_HEADERS.</param>
public readonly record struct HeadLimits(int MaxBytes, int MaxFields);
