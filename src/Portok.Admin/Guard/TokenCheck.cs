using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Portok.Admin.Contract;

namespace Portok.Admin.Guard;

/// <summary>What a request presents as its token.</summary>
internal enum TokenFinding
{
    Right,
    Missing,
    Wrong,
}

/// <summary>
/// Compares the token in <c>x-admin-token</c> and <c>Authorization: Bearer</c> (RFC 6750, section 2.1). Both presented:
/// both must be right. A repeated header is wrong, for two readers could take different ones.
/// </summary>
internal sealed class TokenCheck
{
    private const string Authorization = "Authorization";
    private const string Bearer = "Bearer";

    private readonly byte[] _hash;

    public TokenCheck(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    public TokenFinding Check(IHeaderDictionary headers)
    {
        TokenFinding own = Check(headers[AdminHeaders.Token]);
        TokenFinding bearer = CheckBearer(headers[Authorization]);
        if (own == TokenFinding.Wrong || bearer == TokenFinding.Wrong)
            return TokenFinding.Wrong;
        return own == TokenFinding.Right || bearer == TokenFinding.Right ? TokenFinding.Right : TokenFinding.Missing;
    }

    private TokenFinding Check(StringValues lines) => lines.Count switch
    {
        0 => TokenFinding.Missing,
        1 => Compare(lines[0]),
        _ => TokenFinding.Wrong,
    };

    // Another scheme is meant for somebody else (Basic for an app behind the same name) and says nothing here.
    private TokenFinding CheckBearer(StringValues lines)
    {
        bool presented = lines.Any(line => line is not null && IsBearer(line));
        if (!presented)
            return TokenFinding.Missing;
        return lines.Count == 1 ? Compare(lines[0]![Bearer.Length..].Trim(' ')) : TokenFinding.Wrong;
    }

    private static bool IsBearer(string line) =>
        line.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && (line.Length == Bearer.Length || line[Bearer.Length] == ' ');

    // Hashes have one length, so the time tells neither the token's length nor how much of it was right. The server
    // decodes header values as Latin-1, which gives back the very bytes that were sent.
    private TokenFinding Compare(string? presented)
    {
        byte[] hash = SHA256.HashData(Encoding.Latin1.GetBytes(presented ?? ""));
        return CryptographicOperations.FixedTimeEquals(hash, _hash) ? TokenFinding.Right : TokenFinding.Wrong;
    }
}
