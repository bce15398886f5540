using System.Diagnostics.CodeAnalysis;

namespace Portok.Settings.Types;

/// <summary>On or off.</summary>
public sealed class Flag : SettingType<bool>
{
    /// <inheritdoc/>
    public override string Allowed => "0 or 1 (or false, true)";

    /// <inheritdoc/>
    public override bool TryParse(string text, out bool value, out string? detail)
    {
        detail = null;
        value = text is "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return value || text is "0" || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string Show(bool value) => value ? "1" : "0";
}

/// <summary>One of a few words, in any case. The first word of a value is the one shown.</summary>
public sealed class OneOf<T>(params (string Word, T Value)[] words) : SettingType<T>
{
    /// <inheritdoc/>
    public override string Allowed { get; } = "one of " + string.Join(", ", words.Select(w => w.Word));

    /// <inheritdoc/>
    public override bool TryParse(string text, [MaybeNullWhen(false)] out T value, out string? detail)
    {
        detail = null;
        foreach ((string word, T candidate) in words)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public override string Show(T value) => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word;
}
