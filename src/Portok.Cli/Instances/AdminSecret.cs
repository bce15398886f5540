using System.Security.Cryptography;

namespace Portok.Cli.Instances;

/// <summary>Makes admin tokens.</summary>
internal static class AdminSecret
{
    private const int Bits = 256;

    /// <summary>256 random bits as 64 hexadecimal digits: needs no quotes in a file, a header or a shell.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(Bits / 4, lowercase: true);
}
