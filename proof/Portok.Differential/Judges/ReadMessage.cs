using System.Security.Cryptography;
using System.Text;
using Portok.Differential.Wire;

namespace Portok.Differential.Judges;

/// <summary>A message as a parser understood it.</summary>
/// <param name="What">Method, target, length and hash of the body; null when it was refused.</param>
/// <param name="Status">The status it was answered with.</param>
internal sealed record ReadMessage(string? What, int Status)
{
    public static string Describe(Message message) =>
        $"{message.Method} {Convert.ToBase64String(Encoding.Latin1.GetBytes(message.Target))} {message.Body.Length} {Hash(message.Body)}";

    public static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body))[..16];

    public override string ToString() => What ?? $"refused with {Status}";
}
