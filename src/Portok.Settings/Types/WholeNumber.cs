using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Portok.Settings.Types;

/// <summary>Whole numbers of a range: digits and nothing else.</summary>
public sealed class WholeNumber<T>(T min, T max, string? unit = null) : SettingType<T>
    where T : struct, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public override string Allowed { get; } = $"a whole number{(unit is null ? "" : $" of {unit}")} from {min} to {max}";

    /// <inheritdoc/>
    public override bool TryParse(string text, [MaybeNullWhen(false)] out T value, out string? detail)
    {
        detail = null;
        return T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;
    }

    /// <inheritdoc/>
    public override string Show(T value) => value.ToString(null, CultureInfo.InvariantCulture);
}

/// <summary>A number of reactor threads, or "auto".</summary>
public sealed class ReactorCount : SettingType<int>
{
    /// <summary>The value of "auto".</summary>
    public const int Auto = 0;

    private const int Max = 64;

    /// <inheritdoc/>
    public override string Allowed => $"auto (or 0) for one per core, or a whole number from 1 to {Max}";

    /// <inheritdoc/>
    public override bool TryParse(string text, out int value, out string? detail)
    {
        detail = null;
        if (string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase))
        {
            value = Auto;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= Max;
    }

    /// <inheritdoc/>
    public override string Show(int value) => value == Auto ? "auto" : value.ToString(CultureInfo.InvariantCulture);
}
