namespace Portok.Settings.Tests;

/// <summary>Builds sets of variables that are good but for what a test changes.</summary>
internal static class Variables
{
    public const string Token = "a-secret-of-enough-length";

    public static Dictionary<string, string> Good(params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["INITIAL_TARGET_PORT"] = "8080",
            ["ADMIN_TOKEN"] = Token,
        };
        foreach ((string name, string value) in changes)
        {
            variables[name] = value;
        }

        return variables;
    }

    public static SettingsReading Read(params (string Name, string Value)[] changes) => SettingsReader.Read(Good(changes));

    public static DaemonSettings Settings(params (string Name, string Value)[] changes)
        => Read(changes).Settings ?? throw new InvalidOperationException("not good");
}
