using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Portok.Settings.Types;

/// <summary>The name of an instance: safe in a file name, a unit name and a log line.</summary>
public sealed class InstanceNameType : SettingType<string>
{
    /// <inheritdoc/>
    public override string Allowed => InstanceName.Allowed;

    /// <inheritdoc/>
    public override bool TryParse(string text, [MaybeNullWhen(false)] out string value, out string? detail)
    {
        detail = null;
        value = text;
        return InstanceName.IsValid(text);
    }
}

/// <summary>What stands in a request line as origin-form (RFC 9112 3.2.1).</summary>
public sealed class RequestTarget : SettingType<string>
{
    private const int MaxLength = 2048;

    /// <inheritdoc/>
    public override string Allowed => "a path that begins with '/', of visible ASCII characters without '#', up to 2048 of them";

    /// <inheritdoc/>
    public override bool TryParse(string text, [MaybeNullWhen(false)] out string value, out string? detail)
    {
        detail = null;
        value = text;
        return text.Length <= MaxLength && text.StartsWith('/') && text.All(c => c is > ' ' and < '\x7f' and not '#');
    }
}

/// <summary>A file or folder; made absolute against the folder the daemon was started in.</summary>
/// <param name="maxBytes">The longest absolute path in bytes of UTF-8.</param>
public sealed class FilePath(string what, int maxBytes = FilePath.MaxPath) : SettingType<string?>
{
    private const int MaxPath = 4095;

    /// <summary>What fits sockaddr_un.sun_path with its closing NUL.</summary>
    public const int MaxSocketPath = 107;

    /// <inheritdoc/>
    public override string Allowed { get; } = $"the path of {what}, up to {maxBytes} bytes";

    /// <inheritdoc/>
    public override bool TryParse(string text, out string? value, out string? detail)
    {
        value = null;
        detail = null;
        if (text.Length == 0 || text.Any(char.IsControl))
        {
            return false;
        }

        value = Path.GetFullPath(text);
        return Encoding.UTF8.GetByteCount(value) <= maxBytes;
    }
}

/// <summary>A secret that can be sent as a header's value.</summary>
public sealed class SecretText : SettingType<string>
{
    private const int MaxLength = 1024;

    /// <inheritdoc/>
    public override string Allowed => "1 to 1024 visible ASCII characters; spaces only inside";

    /// <inheritdoc/>
    public override bool TryParse(string text, [MaybeNullWhen(false)] out string value, out string? detail)
    {
        value = text;
        detail = text.Length > 0 && (text[0] == ' ' || text[^1] == ' ') ? "there is white space around it" : null;
        return detail is null && text.Length is > 0 and <= MaxLength && text.All(c => c is >= ' ' and < '\x7f');
    }
}
