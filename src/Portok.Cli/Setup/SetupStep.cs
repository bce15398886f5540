namespace Portok.Cli.Setup;

/// <summary>What a step found before it did anything.</summary>
/// <param name="Needed">Something is to be done.</param>
/// <param name="Words">What is there already or, when needed, what is to be done: "Make …".</param>
/// <param name="Done">The words after it was done: "Made …".</param>
internal sealed record StepFinding(bool Needed, string Words, string Done = "")
{
    /// <summary>Lines that change in a file, with '-' and '+'.</summary>
    public IReadOnlyList<string> Difference { get; init; } = [];
}

/// <summary>One thing that a machine needs for portok's instances. Done twice it changes nothing the second time.</summary>
internal interface ISetupStep
{
    /// <summary>A short name for scripts: "account", "service".</summary>
    string Name { get; }

    /// <summary>Looks, and changes nothing.</summary>
    Task<StepFinding> LookAsync(CancellationToken cancellation);

    /// <summary>Does it; only called when it is needed.</summary>
    Task DoAsync(CancellationToken cancellation);
}
