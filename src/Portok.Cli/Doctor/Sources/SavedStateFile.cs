using System.Security.Cryptography;
using System.Text.Json;

namespace Portok.Cli.Doctor.Sources;

/// <summary>
/// A state file as this side can judge it: JSON, its format version, its checksum (SHA-256 over the members in their order, without
/// white space and without the checksum itself) and its active port. The daemon's own reading is stricter still.
/// </summary>
/// <param name="Exists">There is a file.</param>
/// <param name="Fault">In words that go behind the file's name; null: nothing is wrong with it.</param>
/// <param name="FromNpm">Written by npm portok: no format, no checksum.</param>
/// <param name="LastSwitchAt">When traffic moved last; null: never.</param>
/// <param name="WindowUntil">The end of an open rollback window; null: none.</param>
internal sealed record SavedStateFile(bool Exists, string? Fault = null, int? ActivePort = null, bool FromNpm = false, DateTimeOffset? LastSwitchAt = null, DateTimeOffset? WindowUntil = null)
{
    private const int Format = 1;
    private const string ChecksumPrefix = "sha256:";
    private const int MaxFileBytes = 1024 * 1024;

    /// <summary>As the daemon writes them, without the checksum.</summary>
    private static readonly string[] Members = ["activePort", "lastSwitch", "rollback", "instance", "savedAt", "format"];

    private static readonly string[] SwitchMembers = ["from", "to", "at", "reason", "id"];
    private static readonly string[] WindowMembers = ["previousPort", "until"];

    /// <summary>True: the daemon can go on with it.</summary>
    public bool IsGood => Exists && Fault is null;

    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SavedStateFile Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length > MaxFileBytes)
            {
                return new SavedStateFile(Exists: true, "is larger than 1 MiB");
            }

            using MemoryStream content = new();
            stream.CopyTo(content);
            return Parse(content.ToArray());
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new SavedStateFile(Exists: false);
        }
    }

    /// <summary>Judges the content of a file. Pure.</summary>
    internal static SavedStateFile Parse(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
        {
            return Bad("is empty");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Judge(document.RootElement) : Bad("is JSON, but no object");
        }
        catch (JsonException fault)
        {
            return Bad($"is not JSON (line {fault.LineNumber + 1})");
        }
    }

    private static SavedStateFile Judge(JsonElement root)
    {
        bool fromNpm = !Has(root, "format") && !Has(root, "checksum") && !Has(root, "rollback");
        if (!fromNpm && FaultOfFrame(root) is { } fault)
        {
            return Bad(fault);
        }

        if (!root.TryGetProperty("activePort", out JsonElement port) || port.ValueKind != JsonValueKind.Number || !port.TryGetInt32(out int active) || active is < 1 or > 65535)
        {
            return Bad("names no active port");
        }

        return new SavedStateFile(Exists: true, Fault: null, active, fromNpm, Time(root, "lastSwitch", "at"), Time(root, "rollback", "until"));
    }

    private static string? FaultOfFrame(JsonElement root)
    {
        if (!root.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.Number)
        {
            return "has lost its format version";
        }

        if (!format.TryGetInt32(out int version) || version != Format)
        {
            return $"has format version {format.GetRawText()}; this portok knows {Format}";
        }

        if (!root.TryGetProperty("checksum", out JsonElement checksum) || checksum.ValueKind != JsonValueKind.String)
        {
            return "has lost its checksum";
        }

        return string.Equals(checksum.GetString(), Checksum(root), StringComparison.Ordinal) ? null : "does not match its checksum";
    }

    private static string Checksum(JsonElement root)
    {
        using MemoryStream canonical = new();
        using (Utf8JsonWriter writer = new(canonical))
        {
            Write(writer, root, Members);
        }

        return ChecksumPrefix + Convert.ToHexStringLower(SHA256.HashData(canonical.ToArray()));
    }

    /// <summary>The members in the daemon's order; what is missing is null, what is unknown is left out.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement from, string[] members)
    {
        writer.WriteStartObject();
        foreach (string name in members)
        {
            writer.WritePropertyName(name);
            if (!from.TryGetProperty(name, out JsonElement value))
            {
                writer.WriteNullValue();
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                Write(writer, value, name is "lastSwitch" ? SwitchMembers : WindowMembers);
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static DateTimeOffset? Time(JsonElement root, string of, string name) =>
        root.TryGetProperty(of, out JsonElement outer) && outer.ValueKind == JsonValueKind.Object
            && outer.TryGetProperty(name, out JsonElement at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out DateTimeOffset time)
            ? time
            : null;

    private static bool Has(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private static SavedStateFile Bad(string fault) => new(Exists: true, fault);
}
