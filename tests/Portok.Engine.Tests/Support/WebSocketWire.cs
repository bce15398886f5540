using Portok.Testing;
using Shouldly;

namespace Portok.Engine.Tests.Support;

/// <summary>WebSocket bytes by hand (RFC 6455 5.2).</summary>
internal static class WebSocketWire
{
    internal const string Request = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    internal const string Response = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    /// <summary>Close 1001 as a server sends it.</summary>
    internal static byte[] GoingAway { get; } = [0x88, 2, 0x03, 0xE9];

    /// <summary>Reads the masked close frame that Portok sends to the app and returns its code.</summary>
    internal static async Task<int> ReadMaskedCloseAsync(WireSocket socket)
    {
        byte[] frame = await socket.ReadExactlyAsync(8);
        frame[0].ShouldBe((byte)0x88);
        frame[1].ShouldBe((byte)0x82);
        return ((frame[6] ^ frame[2]) << 8) | (frame[7] ^ frame[3]);
    }

    /// <summary>An unmasked binary frame.</summary>
    internal static byte[] Frame(int length)
    {
        byte[] header = length < 126 ? [0x82, (byte)length] : [0x82, 126, (byte)(length >> 8), (byte)length];
        return [.. header, .. Pattern.Bytes(length)];
    }

    /// <summary>A masked binary frame; the key is 0, so the payload reads as it is.</summary>
    internal static byte[] MaskedFrame(int length)
    {
        byte[] header = length < 126 ? [0x82, (byte)(0x80 | length)] : [0x82, 0xFE, (byte)(length >> 8), (byte)length];
        return [.. header, 0, 0, 0, 0, .. Pattern.Bytes(length)];
    }

    /// <summary>A masked close frame with code 1001 and key 0.</summary>
    internal static byte[] MaskedGoingAway { get; } = [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE9];
}
