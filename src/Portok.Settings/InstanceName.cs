namespace Portok.Settings;

/// <summary>The grammar of instance names: <c>[a-z0-9][a-z0-9_-]{0,63}</c>. A name becomes part of file and unit names, so nothing else passes.</summary>
public static class InstanceName
{
    /// <summary>What is allowed, in words: reads after "must be".</summary>
    public const string Allowed = "1 to 64 characters of a-z, 0-9, '_' and '-', the first a letter or a digit";

    private const int MaxLength = 64;

    /// <summary>Whether a name keeps to the grammar.</summary>
    public static bool IsValid(string name)
        => name.Length is > 0 and <= MaxLength && IsLetterOrDigit(name[0]) && name.All(c => IsLetterOrDigit(c) || c is '_' or '-');

    private static bool IsLetterOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
