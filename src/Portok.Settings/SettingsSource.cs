using System.Text;

namespace Portok.Settings;

/// <summary>
/// Where the variables come from: the process environment and, when one is named, an environment file. A variable of the
/// process environment wins over the file, with one exception: where both said the same at the start, the file owns it (systemd
/// put it there from that very file), and what the file says later is followed. Not thread-safe.
/// </summary>
public sealed class SettingsSource(IReadOnlyDictionary<string, string> environment, string? filePath)
{
    private const int MaxFileBytes = 1024 * 1024;

    private Dictionary<string, string>? _overrides;

    /// <summary>The environment file, null when none is known.</summary>
    public string? FilePath { get; } = filePath;

    /// <summary>Reads the file again and joins it with the environment.</summary>
    public SettingsReading Read()
    {
        if (FilePath is null)
        {
            return SettingsReader.Read(environment);
        }

        EnvironmentFileContent content;
        try
        {
            content = EnvironmentFile.Parse(ReadFile(FilePath));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return new SettingsReading(null, [$"environment file {LogSafe.Escape(FilePath)}: cannot be read: {LogSafe.Escape(problem.Message)}"], []);
        }

        _overrides ??= environment.Where(v => !content.Variables.TryGetValue(v.Key, out string? same) || !string.Equals(same, v.Value, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        Dictionary<string, string> variables = new(content.Variables, StringComparer.Ordinal);
        foreach ((string name, string value) in _overrides)
        {
            variables[name] = value;
        }

        SettingsReading reading = SettingsReader.Read(variables);
        return reading with { Warnings = [.. content.Warnings.Select(w => $"{LogSafe.Escape(FilePath)}, {w}"), .. reading.Warnings] };
    }

    private static string ReadFile(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.CanSeek && file.Length > MaxFileBytes)
        {
            throw new IOException($"it is larger than {MaxFileBytes} bytes");
        }

        using StreamReader reader = new(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        return reader.ReadToEnd();
    }
}
