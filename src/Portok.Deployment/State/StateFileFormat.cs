using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portok.Deployment.Switching;

namespace Portok.Deployment.State;

/// <summary>The text of a state file: pure functions from state to bytes and back.</summary>
/// <remarks>
/// The checksum is SHA-256 over the canonical form: the same members in the same order, without white space and without the
/// checksum itself. What a reader understood is written canonically again and summed up, so re-indenting the file does no
/// harm, while a changed, lost or added value does not go unseen.
/// </remarks>
internal static class StateFileFormat
{
    private const int Version = 1;
    private const string ChecksumPrefix = "sha256:";

    public static byte[] Write(SavedState state, string instance, DateTimeOffset savedAt)
    {
        var model = new StateFileModel
        {
            ActivePort = state.ActivePort,
            LastSwitch = state.LastSwitch is { } s
                ? new SwitchModel { From = s.From, To = s.To, At = s.At, Reason = s.Reason, Id = s.Id }
                : null,
            Rollback = state.Window is { } w ? new WindowModel { PreviousPort = w.PreviousPort, Until = w.Until } : null,
            Instance = instance,
            SavedAt = savedAt,
            Format = Version,
        };
        model.Checksum = Checksum(model);
        var json = JsonSerializer.SerializeToUtf8Bytes(model, StateFileJson.Default.StateFileModel);
        return [.. json, (byte)'\n'];
    }

    /// <summary>Understands the content of a file, Portok's own or npm portok's.</summary>
    /// <param name="fault">In words that go behind "the file …", when the result is false.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> content,
        [NotNullWhen(true)] out SavedState? state,
        out bool fromNpm,
        [NotNullWhen(false)] out string? fault)
    {
        state = null;
        fromNpm = false;
        if (content.IsEmpty)
        {
            fault = "is empty";
            return false;
        }

        StateFileModel? model;
        try
        {
            model = JsonSerializer.Deserialize(content, StateFileJson.Default.StateFileModel);
        }
        catch (JsonException e)
        {
            fault = $"is not the JSON of a state file ({e.Path ?? "$"}, line {e.LineNumber + 1})";
            return false;
        }

        if (model is null)
        {
            fault = "holds nothing";
            return false;
        }

        fromNpm = model.Format is null && model.Checksum is null && model.Rollback is null;
        fault = fromNpm ? null : FaultOfFrame(model);
        // npm portok checked nothing when it wrote: an odd last switch is no reason to lose the port.
        if (fromNpm && FaultOfSwitch(model.LastSwitch) is not null)
            model.LastSwitch = null;
        fault ??= FaultOfContent(model);
        if (fault is not null)
            return false;

        state = ToState(model);
        return true;
    }

    private static string? FaultOfFrame(StateFileModel model)
    {
        if (model.Format is null)
            return "has lost its format version";
        if (model.Format != Version)
            return $"has format version {model.Format}, this program reads {Version}";
        if (model.Checksum is null)
            return "has lost its checksum";
        var expected = model.Checksum;
        model.Checksum = null;
        return string.Equals(Checksum(model), expected, StringComparison.Ordinal) ? null : "does not match its checksum";
    }

    private static string? FaultOfContent(StateFileModel model)
    {
        if (!IsPort(model.ActivePort))
            return "names no active port";
        if (model.Rollback is { } w && !(IsPort(w.PreviousPort) && w.Until is not null))
            return "holds a rollback window that is none";
        return FaultOfSwitch(model.LastSwitch);
    }

    private static string? FaultOfSwitch(SwitchModel? s) =>
        s is null || (IsPort(s.From) && IsPort(s.To) && s.At is not null) ? null : "holds a last switch that is none";

    private static SavedState ToState(StateFileModel model) => new(
        model.ActivePort!.Value,
        model.LastSwitch is { } s
            ? new SwitchRecord(s.From!.Value, s.To!.Value, s.At!.Value, s.Reason ?? "manual", s.Id ?? string.Empty)
            : null,
        model.Rollback is { } w ? new RollbackWindow(w.PreviousPort!.Value, w.Until!.Value) : null);

    private static string Checksum(StateFileModel model)
    {
        var canonical = JsonSerializer.Serialize(model, CanonicalJson.Default.StateFileModel);
        return ChecksumPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static bool IsPort(int? port) => port is >= 1 and <= 65535;
}
