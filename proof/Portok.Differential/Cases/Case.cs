namespace Portok.Differential.Cases;

/// <summary>What a case scripts: the client's bytes, or the app's.</summary>
internal enum CaseKind
{
    Request,
    Response,
}

/// <summary>What the scripted app does behind its bytes.</summary>
internal enum Then
{
    /// <summary>Waits for the next request.</summary>
    Keep,

    /// <summary>Closes.</summary>
    Close,

    /// <summary>Resets.</summary>
    Reset,
}

/// <summary>One case of the corpus.</summary>
internal sealed record Case
{
    public required CaseKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>valid, odd or hostile.</summary>
    public required string Group { get; init; }

    public required string Rule { get; init; }

    /// <summary>What is sent.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Outcomes any of which is right; see <see cref="Running.Outcome"/> for the words.</summary>
    public required IReadOnlyList<string> Expect { get; init; }

    /// <summary>What the body must be after all codings of the hop, of the first message; null: not looked at.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The target the app must see first; null: not looked at.</summary>
    public string? Target { get; init; }

    /// <summary>Field lines that must stand in what was forwarded first.</summary>
    public IReadOnlyList<string> Has { get; init; } = [];

    /// <summary>Words that must not stand in what was forwarded.</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>The client half-closes behind its bytes.</summary>
    public bool HalfClose { get; init; }

    /// <summary>Of a response: the request it answers.</summary>
    public byte[] Request { get; init; } = [];

    /// <summary>Of a response: what the app does next.</summary>
    public Then Then { get; init; }

    /// <summary>Of a response: whether Portok may use that connection to the app again; null: either.</summary>
    public bool? Reuse { get; init; }
}
