using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>Lines of a label and its value, values aligned.</summary>
internal sealed class Sheet
{
    private readonly Grid _grid = new Grid()
        .AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(3))
        .AddColumn(new GridColumn().PadLeft(0).PadRight(0));

    /// <param name="label">Plain text.</param>
    /// <param name="markup">Spectre markup.</param>
    public Sheet Row(string label, string markup)
    {
        _grid.AddRow(new Markup($"[grey]{Markup.Escape(label)}[/]"), new Markup(markup));
        return this;
    }

    public void WriteTo(Screen screen) => screen.Write(_grid);
}
