using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Portok.Admin.Contract;
using Portok.Deployment.Switching;

namespace Portok.Admin.Endpoints;

/// <summary>Reads the query of /__switch. Unknown keys are refused: a misspelt "expect" must not become a switch without it.</summary>
internal static class SwitchArguments
{
    private const string InvalidPort = "Invalid port";
    private const string InvalidArgument = "Invalid argument";
    private const string Usage = "POST " + AdminPaths.Switch + "?port=8081, with a port from 1 to 65535";

    public static bool TryParse(string query, [NotNullWhen(true)] out SwitchRequest? request, [NotNullWhen(false)] out ErrorAnswer? fault)
    {
        request = null;
        string? port = null, expect = null, id = null, reason = null;
        if (!QueryString.TryParse(query, out List<(string Key, string Value)> pairs))
        {
            fault = Fault(InvalidArgument, "The query is not valid: percent-encoded UTF-8 is needed for everything but plain ASCII.");
            return false;
        }

        foreach ((string key, string value) in pairs)
        {
            fault = key switch
            {
                AdminQuery.Port => TakeOnce(ref port, key, value, InvalidPort),
                AdminQuery.Expect => TakeOnce(ref expect, key, value, InvalidArgument),
                AdminQuery.Id => TakeOnce(ref id, key, value, InvalidArgument),
                AdminQuery.Reason => TakeOnce(ref reason, key, value, InvalidArgument),
                _ => Fault(InvalidArgument, $"\"{PrintableText.Clip(key)}\" is not known here. Allowed are port, expect, id and reason."),
            };
            if (fault is not null)
                return false;
        }

        if (port is null)
        {
            fault = Fault(InvalidPort, $"The port is missing. Use {Usage}.");
            return false;
        }

        int from = 0;
        fault = CheckPort(port, AdminQuery.Port, InvalidPort, out int to)
            ?? CheckPort(expect, AdminQuery.Expect, InvalidArgument, out from)
            ?? CheckId(id)
            ?? CheckReason(reason);
        if (fault is not null)
            return false;

        request = new SwitchRequest(to, expect is null ? null : from, id, reason);
        return true;
    }

    private static ErrorAnswer? TakeOnce(ref string? slot, string key, string value, string error)
    {
        if (slot is not null)
            return Fault(error, $"\"{key}\" is given more than once. Give it once.");
        slot = value;
        return null;
    }

    private static ErrorAnswer? CheckPort(string? text, string key, string error, out int port)
    {
        port = 0;
        bool valid = text is null
            || (text.Length <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535);
        return valid ? null : Fault(error, $"\"{key}\" is \"{PrintableText.Clip(text!)}\", not a number from 1 to 65535 in digits only. Use {Usage}.");
    }

    private static ErrorAnswer? CheckId(string? id) =>
        id is null || (id.Length is >= 1 and <= AdminQuery.MaxIdLength && PrintableText.IsPrintableAscii(id))
            ? null
            : Fault(InvalidArgument, $"\"id\" must be 1 to {AdminQuery.MaxIdLength} printable ASCII characters. A UUID does well.");

    private static ErrorAnswer? CheckReason(string? reason) =>
        reason is null || (reason.Length is >= 1 and <= AdminQuery.MaxReasonLength && PrintableText.IsPrintable(reason))
            ? null
            : Fault(InvalidArgument, $"\"reason\" must be 1 to {AdminQuery.MaxReasonLength} printable characters in one line.");

    private static ErrorAnswer Fault(string error, string message) => new() { Error = error, Message = message };
}
