using Portok.Cli.Demo.Scenario;

namespace Portok.Cli.Demo.Views;

/// <summary>Shows a demo while it runs.</summary>
internal interface IDemoView : IDemoAudience
{
    /// <summary>Shows frames until the scenario has ended, however it ended. Does not throw what the scenario throws.</summary>
    Task ShowAsync(FrameReader frames, Task scenario);
}
