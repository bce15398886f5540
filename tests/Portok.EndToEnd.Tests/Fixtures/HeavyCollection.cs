namespace Portok.EndToEnd.Tests;

/// <summary>Tests that load the whole machine: they run one after the other, with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HeavyCollection
{
    /// <summary>The collection's name.</summary>
    public const string Name = "heavy";
}
