namespace Portok.Testing;

/// <summary>A terminal of its own (tmux draws it) with one program in it: what a person would see, and type.</summary>
public sealed class Terminal : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private Terminal()
    {
    }

    /// <summary>Starts a program in a new terminal.</summary>
    /// <param name="columns">Width of its window.</param>
    /// <param name="program">Path or name to be found in PATH.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="environment">Variables set besides the inherited ones.</param>
    public static async Task<Terminal> StartAsync(int columns, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        Terminal terminal = new();
        // Without the status line the window is all the program's; it stays when the program has ended.
        string settings = terminal._folder.File("tmux.conf", "set -g status off\nset -g remain-on-exit on\nset -s escape-time 0\nset -g default-terminal tmux-256color\n");
        await terminal.TmuxAsync(["-f", settings, "new-session", "-d", "-x", $"{columns}", "-y", "50", "--", program, .. arguments], environment).ConfigureAwait(false);
        return terminal;
    }

    /// <summary>Types text as it is.</summary>
    public Task TypeAsync(string text) => TmuxAsync("send-keys", "-l", "--", text);

    /// <summary>Presses a key by tmux's name for it: Enter, Tab, C-c.</summary>
    public Task PressAsync(string key) => TmuxAsync("send-keys", key);

    /// <summary>What can be read, without spaces at the ends of lines; with colours as escape sequences when asked for.</summary>
    public async Task<string> ReadAsync(bool colours = false)
    {
        string text = await TmuxAsync(["capture-pane", "-p", "-S", "-", .. colours ? (string[])["-e"] : []]).ConfigureAwait(false);
        return string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
    }

    /// <summary>Waits until the text stands there.</summary>
    /// <returns>All that can be read then.</returns>
    public Task<string> SeeAsync(string text) => Poll.ForAsync(() => ReadAsync(), screen => screen.Contains(text, StringComparison.Ordinal), Patience.Long, text);

    /// <summary>Whether the cursor is shown: a program that hid it must show it again.</summary>
    public async Task<bool> IsCursorShownAsync() => (await TmuxAsync("display-message", "-p", "#{cursor_flag}").ConfigureAwait(false)).Trim() is "1";

    /// <summary>Ends the terminal and the program in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await TmuxAsync("kill-server").ConfigureAwait(false);
        _folder.Dispose();
    }

    private Task<string> TmuxAsync(params string[] arguments) => TmuxAsync(arguments, environment: null);

    private async Task<string> TmuxAsync(string[] arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        ProcessResult result = await ProcessRunner.RunAsync("tmux", ["-u", "-S", _folder.Combine("socket"), .. arguments], environment).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {result.Errors}");
    }
}
