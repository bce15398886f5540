namespace Portok.Cli.Instances;

/// <summary>The grammar of instance names: <c>[a-z0-9][a-z0-9_-]{0,63}</c>. A name becomes part of file and unit names, so nothing else passes.</summary>
internal static class InstanceName
{
    public const string Rule = "a name is 1 to 64 of a-z, 0-9, '_' and '-', and begins with a letter or digit";

    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterLower(name[0]) && !char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
