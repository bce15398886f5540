namespace Portok.Fuzz;

/// <summary>An oracle has seen something that must never be.</summary>
public sealed class InvariantViolation(string message) : Exception(message)
{
    /// <summary>Throws when the claim does not hold.</summary>
    internal static void Unless(bool holds, string claim)
    {
        if (!holds) throw new InvariantViolation(claim);
    }

    /// <summary>Throws when two values that must be the same are not.</summary>
    internal static void UnlessEqual<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvariantViolation($"{what}: expected '{Shown(expected)}', found '{Shown(actual)}'");
    }

    /// <summary>Throws when two runs of bytes that must be the same are not.</summary>
    internal static void UnlessSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        if (!expected.SequenceEqual(actual))
            throw new InvariantViolation($"{what}: expected '{EscapedBytes.Write(expected)}', found '{EscapedBytes.Write(actual)}'");
    }

    private static string Shown<T>(T value) => value is string text ? EscapedBytes.Write(System.Text.Encoding.Latin1.GetBytes(text)) : $"{value}";
}
