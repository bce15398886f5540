namespace Portok.Admin.Contract;

/// <summary>The daemon's own process at the moment of the answer.</summary>
public sealed record ProcessReport
{
    /// <summary>Resident memory.</summary>
    public required long RssBytes { get; init; }

    public required int OpenDescriptors { get; init; }

    public required int Threads { get; init; }

    /// <summary>User and system time since the start.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Garbage collections since the start.</summary>
    public required GcReport GcCollections { get; init; }

    /// <summary>Managed memory in use, garbage that was not collected yet included.</summary>
    public required long GcHeapBytes { get; init; }
}

/// <summary>Garbage collections by generation; one of a generation counts for the younger ones too.</summary>
public sealed record GcReport
{
    public required int Gen0 { get; init; }

    public required int Gen1 { get; init; }

    public required int Gen2 { get; init; }
}
