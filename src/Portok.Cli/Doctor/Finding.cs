namespace Portok.Cli.Doctor;

/// <summary>What a check came to.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, but is hardly meant.</summary>
    Warning,

    /// <summary>Could not be looked at: not by this user, or not now.</summary>
    Unknown,

    /// <summary>Does not work; <see cref="Finding.Mend"/> says what mends it.</summary>
    Fault,
}

/// <summary>What one check found. Immutable; plain text, not markup.</summary>
/// <param name="Summary">One line.</param>
internal sealed record Finding(Verdict Verdict, string Summary)
{
    /// <summary>More lines, shown under the summary.</summary>
    public IReadOnlyList<string> Detail { get; init; } = [];

    /// <summary>The command that mends it; null where nothing is to be mended.</summary>
    public string? Mend { get; init; }

    public static Finding Ok(string summary, params IReadOnlyList<string> detail) => new(Verdict.Ok, summary) { Detail = detail };

    public static Finding Warning(string summary, string? mend = null, params IReadOnlyList<string> detail) => new(Verdict.Warning, summary) { Mend = mend, Detail = detail };

    public static Finding Unknown(string summary, params IReadOnlyList<string> detail) => new(Verdict.Unknown, summary) { Detail = detail };

    public static Finding Fault(string summary, string mend, params IReadOnlyList<string> detail) => new(Verdict.Fault, summary) { Mend = mend, Detail = detail };
}
