using System.Globalization;
using System.Text;
using Portok.Testing;

namespace Portok.Overload.App;

/// <summary>The bytes an app answers with, made once.</summary>
internal sealed class CrowdAnswers(string name)
{
    /// <summary>Size of the answer that nobody reads.</summary>
    private const int LargeBytes = 8 * 1024 * 1024;

    internal byte[] Small { get; } = Make(name, Encoding.ASCII.GetBytes(CrowdApp.Body));

    internal byte[] Large { get; } = Make(name, Pattern.Bytes(LargeBytes));

    internal byte[] Upgraded { get; } = Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nX-App: {name}\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");

    private static byte[] Make(string name, byte[] body)
        => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nX-App: {name}\r\nContent-Length: {body.Length}\r\n\r\n")), .. body];
}
