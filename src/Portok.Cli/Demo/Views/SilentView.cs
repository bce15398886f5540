namespace Portok.Cli.Demo.Views;

/// <summary>Shows nothing: with --json only the summary is printed.</summary>
internal sealed class SilentView : IDemoView
{
    public void Say(string line)
    {
        // Nothing to say.
    }

    public async Task ShowAsync(FrameReader frames, Task scenario) => await Task.WhenAny(scenario).ConfigureAwait(false);
}
