using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>Recognises field names by length, then by whole words.</summary>
internal static class FieldNames
{
    // A valid name holds token characters only. Setting bit 5 turns letters to lower case and maps nothing else onto a
    // letter or onto '-', so comparing folded words is exact here; it would not be on bytes that were not checked.
    private const ulong Fold = 0x2020_2020_2020_2020;
    private const uint ShortFold = 0x2020_2020;

    /// <summary>Fields of one hop only (RFC 9110 7.6.1), dropped or written anew by a relay.</summary>
    public const uint HopByHop = (1u << (int)FieldKind.Connection) | (1u << (int)FieldKind.KeepAlive)
        | (1u << (int)FieldKind.ProxyConnection) | (1u << (int)FieldKind.ProxyAuthenticate)
        | (1u << (int)FieldKind.ProxyAuthorization) | (1u << (int)FieldKind.ProxyAuthenticationInfo)
        | (1u << (int)FieldKind.Te) | (1u << (int)FieldKind.TransferEncoding) | (1u << (int)FieldKind.Upgrade);

    /// <summary>The kind of a name that consists of token characters.</summary>
    public static FieldKind Classify(ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 2:
                return (BinaryPrimitives.ReadUInt16LittleEndian(name) | 0x2020) == BinaryPrimitives.ReadUInt16LittleEndian("te"u8)
                    ? FieldKind.Te : FieldKind.Other;
            case 4:
                return IsShort(name, "host"u8) ? FieldKind.Host : FieldKind.Other;
            case 6:
                return IsShort(name, "accept"u8) ? FieldKind.Accept : IsShort(name, "expect"u8) ? FieldKind.Expect : FieldKind.Other;
            case 7:
                return IsShort(name, "upgrade"u8) ? FieldKind.Upgrade : IsShort(name, "trailer"u8) ? FieldKind.Trailer : FieldKind.Other;
            case 10:
                return IsMedium(name, "connection"u8) ? FieldKind.Connection
                    : IsMedium(name, "keep-alive"u8) ? FieldKind.KeepAlive : FieldKind.Other;
            case 12:
                return IsMedium(name, "max-forwards"u8) ? FieldKind.MaxForwards : FieldKind.Other;
            case 13:
                return IsMedium(name, "x-admin-token"u8) ? FieldKind.AdminToken
                    : IsMedium(name, "x-portok-peer"u8) ? FieldKind.PortokPeer : FieldKind.Other;
            case 14:
                return IsMedium(name, "content-length"u8) ? FieldKind.ContentLength : FieldKind.Other;
            case 15:
                return IsMedium(name, "x-forwarded-for"u8) ? FieldKind.ForwardedFor : FieldKind.Other;
            case 16:
                return IsMedium(name, "x-forwarded-host"u8) ? FieldKind.ForwardedHost
                    : IsMedium(name, "x-forwarded-port"u8) ? FieldKind.ForwardedPort
                    : IsMedium(name, "proxy-connection"u8) ? FieldKind.ProxyConnection : FieldKind.Other;
            case 17:
                return IsLong(name, "transfer-encoding"u8) ? FieldKind.TransferEncoding
                    : IsLong(name, "x-forwarded-proto"u8) ? FieldKind.ForwardedProto : FieldKind.Other;
            case 18:
                return IsLong(name, "proxy-authenticate"u8) ? FieldKind.ProxyAuthenticate : FieldKind.Other;
            case 19:
                return IsLong(name, "proxy-authorization"u8) ? FieldKind.ProxyAuthorization : FieldKind.Other;
            case 25:
                return Grammar.EqualsIgnoreCase(name, "proxy-authentication-info"u8) ? FieldKind.ProxyAuthenticationInfo : FieldKind.Other;
            default:
                return FieldKind.Other;
        }
    }

    /// <summary>4 to 8 bytes: two words that may overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsShort(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower)
        => (BinaryPrimitives.ReadUInt32LittleEndian(name) | ShortFold) == BinaryPrimitives.ReadUInt32LittleEndian(lower)
        && (BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) | ShortFold) == BinaryPrimitives.ReadUInt32LittleEndian(lower[^4..]);

    /// <summary>8 to 16 bytes: two words that may overlap; the last first, because that is where names differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsMedium(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower)
        => (Last(name) | Fold) == Last(lower)
        && (BinaryPrimitives.ReadUInt64LittleEndian(name) | Fold) == BinaryPrimitives.ReadUInt64LittleEndian(lower);

    /// <summary>16 to 24 bytes: three words that may overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLong(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower)
        => IsMedium(name, lower)
        && (BinaryPrimitives.ReadUInt64LittleEndian(name[8..]) | Fold) == BinaryPrimitives.ReadUInt64LittleEndian(lower[8..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Last(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
}
