using Portok.Cli.CommandLine;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>Says that something is going on when it lasts over a second: a spinner on a terminal, one line elsewhere, nothing with --json.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<T> ShowAsync<T>(Task<T> work, string words, Invocation run)
    {
        if (!run.Json)
        {
            using CancellationTokenSource over = new();
            await Task.WhenAny(work, Task.Delay(Patience, run.Host.Time, over.Token)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            if (!work.IsCompleted)
            {
                await WaitInViewAsync(work, words, Screen.Error(run.Host)).ConfigureAwait(false);
            }
        }

        return await work.ConfigureAwait(false);
    }

    /// <summary>The same for work without a result.</summary>
    public static Task ShowAsync(Task work, string words, Invocation run) => ShowAsync(WithResultAsync(work), words, run);

    private static async Task<bool> WithResultAsync(Task work)
    {
        await work.ConfigureAwait(false);
        return true;
    }

    private static async Task WaitInViewAsync(Task work, string words, Screen screen)
    {
        if (screen.IsLive)
        {
            await screen.Live().Status().StartAsync(Markup.Escape(words) + "…", _ => Task.WhenAny(work)).ConfigureAwait(false);
        }
        else
        {
            screen.Line(Markup.Escape(words) + "…");
        }
    }
}
