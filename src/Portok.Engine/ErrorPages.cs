using Portok.Http1;

namespace Portok.Engine;

/// <summary>Bodies of the user's for Portok's own answers, by status and form. Immutable; any thread.</summary>
public sealed class ErrorPages
{
    private readonly Dictionary<(int Status, AnswerForm Form), byte[]> _pages;

    /// <summary>No page at all: the built-in bodies are used.</summary>
    public static ErrorPages None { get; } = new([]);

    /// <param name="pages">Bodies by status code (400–599) and form.</param>
    public ErrorPages(IEnumerable<KeyValuePair<(int Status, AnswerForm Form), byte[]>> pages) => _pages = new(pages);

    /// <summary>The page, or empty when the built-in one is to be used.</summary>
    public ReadOnlySpan<byte> Find(int status, AnswerForm form) => _pages.TryGetValue((status, form), out byte[]? page) ? page : default;
}
