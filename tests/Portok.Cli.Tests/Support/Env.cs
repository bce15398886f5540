namespace Portok.Cli.Tests.Support;

/// <summary>Environment variables for a test.</summary>
internal static class Env
{
    public static Dictionary<string, string> Of(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        return all;
    }
}
