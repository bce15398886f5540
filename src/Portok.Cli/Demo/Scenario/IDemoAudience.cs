namespace Portok.Cli.Demo.Scenario;

/// <summary>Hears what happens on the stage.</summary>
internal interface IDemoAudience
{
    /// <summary>Something happened; one plain line. Any thread.</summary>
    void Say(string line);
}
