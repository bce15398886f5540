using System.Diagnostics.CodeAnalysis;

namespace Portok.Settings;

/// <summary>When a changed value is followed.</summary>
public enum SettingChange
{
    /// <summary>At the next start of the daemon.</summary>
    Restart,

    /// <summary>On SIGHUP, while traffic runs.</summary>
    Live,
}

/// <summary>One variable of the daemon: everything that parsing, fault messages, help and documentation say about it. Immutable.</summary>
public abstract class SettingDefinition
{
    /// <summary>The name of the variable.</summary>
    public required string Name { get; init; }

    /// <summary>The default as a person reads it.</summary>
    public required string DefaultShown { get; init; }

    /// <summary>True when there is no default.</summary>
    public bool Required { get; init; }

    /// <summary>What it means, a sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>When a changed value is followed.</summary>
    public SettingChange Change { get; init; }

    /// <summary>True when the value must never be shown.</summary>
    public bool Secret { get; init; }

    /// <summary>What is allowed: reads after "must be".</summary>
    public abstract string Allowed { get; }

    /// <summary>The value that stands for "not set".</summary>
    public abstract object? DefaultValue { get; }

    /// <summary>Reads a value that is not empty.</summary>
    /// <param name="text">What the variable says.</param>
    /// <param name="value">The value, when it is allowed.</param>
    /// <param name="detail">Which part of it is wrong, where that is not plain; never holds a secret.</param>
    public abstract bool TryParse(string text, out object? value, out string? detail);

    /// <summary>A value as a person reads it; secrets as dots.</summary>
    public abstract string Show(object? value);

    /// <summary>True when both values mean the same.</summary>
    public abstract bool Same(object? one, object? other);
}

/// <summary>A <see cref="SettingDefinition"/> whose value is a <typeparamref name="T"/>.</summary>
public sealed class Setting<T> : SettingDefinition
{
    private readonly SettingType<T> _type;
    private readonly T _default;

    internal Setting(SettingType<T> type, T defaultValue)
    {
        _type = type;
        _default = defaultValue;
    }

    /// <summary>A setting with a default.</summary>
    /// <param name="shown">The default in words, where the value itself does not say it.</param>
    [SetsRequiredMembers]
    public Setting(string name, SettingType<T> type, T defaultValue, string meaning, string? shown = null)
        : this(type, defaultValue)
    {
        Name = name;
        Meaning = meaning;
        DefaultShown = shown ?? type.Show(defaultValue);
    }

    /// <inheritdoc/>
    public override string Allowed => _type.Allowed;

    /// <inheritdoc/>
    public override object? DefaultValue => _default;

    /// <inheritdoc/>
    public override bool TryParse(string text, out object? value, out string? detail)
    {
        // A secret is taken as it is: white space around it is a fault worth hearing of.
        bool good = _type.TryParse(Secret ? text : text.Trim(), out T? typed, out detail);
        value = typed;
        return good;
    }

    /// <inheritdoc/>
    public override string Show(object? value) => Secret ? "••••••" : value is null ? DefaultShown : _type.Show((T)value);

    /// <inheritdoc/>
    public override bool Same(object? one, object? other)
        => one is null || other is null ? one is null && other is null : string.Equals(_type.Show((T)one), _type.Show((T)other), StringComparison.Ordinal);
}

/// <summary>Makes settings of a kind.</summary>
internal static class Setting
{
    /// <summary>A setting that has to be given.</summary>
    public static Setting<T> WithoutDefault<T>(string name, SettingType<T> type, string meaning, bool secret = false, SettingChange change = SettingChange.Restart)
        => new(type, default!) { Name = name, Meaning = meaning, DefaultShown = "required", Required = true, Secret = secret, Change = change };
}

/// <summary>How values of one type are read, shown and described. Immutable.</summary>
public abstract class SettingType<T>
{
    /// <summary>What is allowed: reads after "must be".</summary>
    public abstract string Allowed { get; }

    /// <summary>Reads a value.</summary>
    public abstract bool TryParse(string text, [MaybeNullWhen(false)] out T value, out string? detail);

    /// <summary>The value as it would be written in the environment; equal for values that mean the same.</summary>
    public virtual string Show(T value) => value?.ToString() ?? "";
}
