using Portok.Cli.CommandLine;
using Portok.Settings.Manual;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Portok.Cli.Rendering;

/// <summary>
/// Writes for people: colours and the window's width on a terminal, plain text of any width elsewhere. What a program reads
/// is never wrapped.
/// </summary>
internal sealed class Screen
{
    private const int WidthOfPlainText = 500;
    private const int FallbackWidth = 80;

    private readonly TextWriter _out;
    private readonly CliHost _host;
    private readonly bool _isTerminal;

    private Screen(TextWriter writer, bool isTerminal, CliHost host)
    {
        _out = writer;
        _host = host;
        _isTerminal = isTerminal;
    }

    /// <summary>Standard output.</summary>
    public static Screen Out(CliHost host) => new(host.Out, host.OutIsTerminal, host);

    /// <summary>Standard error.</summary>
    public static Screen Error(CliHost host) => new(host.Error, host.ErrorIsTerminal, host);

    /// <summary>Whether the cursor can be moved: a terminal that is not dumb.</summary>
    public bool IsLive => _isTerminal && !string.Equals(_host.Variable("TERM"), "dumb", StringComparison.Ordinal);

    /// <summary>Columns of the window; null where nothing is wrapped.</summary>
    public int? Columns => _isTerminal ? TerminalWidth() : null;

    /// <summary>Plain text, broken between words where the window ends; what is indented stays so.</summary>
    public void Text(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string words = line.TrimStart(' ');
            foreach (string part in line.Length > Columns ? WordWrap.Lines(line[..^words.Length], words, Columns.Value) : [line])
            {
                _out.WriteLine(part);
            }
        }
    }

    /// <summary>One line of Spectre markup.</summary>
    public void Line(string markup) => Write(new Markup(markup));

    public void Line() => _out.WriteLine();

    /// <summary>One line of Spectre markup that is never wrapped here, so that it can be copied and searched as one.</summary>
    public void LongLine(string markup) => Write(new Markup(markup), int.MaxValue / 2);

    /// <summary>The same for a table: its lines are as long as they are.</summary>
    public void WriteWhole(IRenderable renderable) => Write(renderable, int.MaxValue / 2);

    /// <summary>Writes it without the padding at the ends of its lines.</summary>
    public void Write(IRenderable renderable) => Write(renderable, width: null);

    private void Write(IRenderable renderable, int? width)
    {
        using StringWriter buffer = new();
        IAnsiConsole console = Console(buffer);
        console.Profile.Width = width ?? console.Profile.Width;
        console.Write(renderable);
        string text = buffer.ToString().TrimEnd('\n', '\r');
        foreach (string line in text.Split('\n'))
        {
            _out.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>A console of Spectre's that writes straight to the terminal, for live displays. Only where <see cref="IsLive"/>.</summary>
    public IAnsiConsole Live() => Console(_out);

    private IAnsiConsole Console(TextWriter writer)
    {
        // https://no-color.org: set to anything but the empty string.
        bool colours = IsLive && _host.Variable("NO_COLOR") is null;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsLive ? AnsiSupport.Yes : AnsiSupport.No,
            // The sixteen colours of the terminal's own theme.
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = IsLive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Columns ?? WidthOfPlainText;
        return console;
    }

    private static int TerminalWidth()
    {
        try
        {
            return System.Console.WindowWidth is > 20 and int width ? width : FallbackWidth;
        }
        catch (IOException)
        {
            return FallbackWidth;
        }
    }
}
