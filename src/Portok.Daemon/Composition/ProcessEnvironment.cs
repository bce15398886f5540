using System.Collections;

namespace Portok.Daemon.Composition;

/// <summary>The environment as the process was started with it.</summary>
/// <param name="Variables">Names and values.</param>
internal sealed record ProcessEnvironment(IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Reads it now.</summary>
    public static ProcessEnvironment Read()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new ProcessEnvironment(variables);
    }

    /// <summary>Takes variables out of the environment that children inherit.</summary>
    public static void Remove(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    /// <summary>A variable, null when it is not set or empty.</summary>
    public string? Find(string name) => Variables.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
}
