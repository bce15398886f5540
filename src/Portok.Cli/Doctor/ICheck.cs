namespace Portok.Cli.Doctor;

/// <summary>One thing that doctor looks at. It changes nothing, and waits only where the token can end it.</summary>
internal interface ICheck
{
    /// <summary>A short name for people and scripts: "unit", "token".</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    /// <returns>What it found; null when it has no meaning here.</returns>
    /// <exception cref="CommandLine.CommandFailure">It could not look; the message says why.</exception>
    Task<Finding?> LookAsync(CancellationToken cancellation);
}
