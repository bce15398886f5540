using System.Buffers.Binary;

namespace Portok.Http1;

/// <summary>
/// Follows the frame boundaries of one direction of a WebSocket (RFC 6455 5.2) without looking into payloads, so that a
/// close frame can be put in between frames. A mutable struct that lives in its tunnel. Anything that is not a valid
/// frame header only makes <see cref="IsBroken"/> true: the bytes are relayed all the same.
/// </summary>
public struct WebSocketFrames
{
    private const int CloseOpcode = 8;

    private ulong _payloadLeft;
    private ulong _extendedLength;
    private byte _extendedLeft;
    private byte _maskLeft;
    private Step _step;
    private byte _opcode;

    private enum Step : byte
    {
        Boundary,
        SecondByte,
        ExtendedLength,
        MaskingKey,
        Payload,
        Broken,
    }

    /// <summary>True before the first byte and after the last byte of each frame.</summary>
    public readonly bool AtBoundary => _step == Step.Boundary;

    /// <summary>A close frame (opcode 8) has begun in this direction: no other frame may follow.</summary>
    public bool CloseSeen { readonly get; private set; }

    /// <summary>A frame header could not be valid (64-bit length with the top bit set, fragmented or over-long control frame): boundaries are unknown from here on.</summary>
    public readonly bool IsBroken => _step == Step.Broken;

    /// <summary>Moves over bytes of the stream.</summary>
    /// <param name="bytes">The next bytes, split anywhere.</param>
    /// <param name="stopAtBoundary">Stop after the first frame that ends here.</param>
    /// <returns>How many bytes were passed: all, or up to the first boundary.</returns>
    public int Advance(ReadOnlySpan<byte> bytes, bool stopAtBoundary)
    {
        int at = 0;
        while (at < bytes.Length && _step != Step.Broken)
        {
            if (_step == Step.Payload)
            {
                int run = (int)Math.Min(_payloadLeft, (ulong)(bytes.Length - at));
                _payloadLeft -= (ulong)run;
                at += run;
                if (_payloadLeft == 0) _step = Step.Boundary;
            }
            else
            {
                HeaderByte(bytes[at++]);
            }

            if (stopAtBoundary && _step == Step.Boundary) return at;
        }

        return bytes.Length;
    }

    /// <summary>Writes a close frame with a status code and no reason (RFC 6455 5.5.1).</summary>
    /// <param name="destination">At least 8 bytes.</param>
    /// <param name="code">Status code, e.g. 1001 Going Away.</param>
    /// <param name="mask">Client-to-server frames are masked with this key; null for server-to-client.</param>
    /// <returns>Bytes written: 4, or 8 when masked.</returns>
    public static int WriteClose(Span<byte> destination, ushort code, uint? mask)
    {
        destination[0] = 0x80 | CloseOpcode;
        if (mask is not { } key)
        {
            destination[1] = 2;
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], code);
            return 4;
        }

        destination[1] = 0x80 | 2;
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], key);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)(code ^ (key >> 16)));
        return 8;
    }

    private void HeaderByte(byte b)
    {
        switch (_step)
        {
            case Step.Boundary:
                FirstByte(b);
                break;
            case Step.SecondByte:
                SecondByte(b);
                break;
            case Step.ExtendedLength:
                _extendedLength = (_extendedLength << 8) | b;
                if (--_extendedLeft > 0) break;
                // RFC 6455 5.2: the most significant bit of a 64-bit length must be 0.
                if (_extendedLength > long.MaxValue) _step = Step.Broken;
                else AfterLength(_extendedLength);
                break;
            default:
                if (--_maskLeft == 0) BeginPayload();
                break;
        }
    }

    private void FirstByte(byte b)
    {
        _opcode = (byte)(b & 0x0F);
        bool isFinal = (b & 0x80) != 0;
        // RFC 6455 5.5: control frames must not be fragmented.
        if (_opcode >= CloseOpcode && !isFinal)
        {
            _step = Step.Broken;
            return;
        }

        if (_opcode == CloseOpcode) CloseSeen = true;
        _step = Step.SecondByte;
    }

    private void SecondByte(byte b)
    {
        int length = b & 0x7F;
        _maskLeft = (byte)((b & 0x80) != 0 ? 4 : 0);
        if (length > 125 && _opcode >= CloseOpcode)
        {
            _step = Step.Broken;
            return;
        }

        if (length <= 125)
        {
            AfterLength((ulong)length);
            return;
        }

        _extendedLength = 0;
        _extendedLeft = (byte)(length == 126 ? 2 : 8);
        _step = Step.ExtendedLength;
    }

    private void AfterLength(ulong length)
    {
        _payloadLeft = length;
        if (_maskLeft > 0) _step = Step.MaskingKey;
        else BeginPayload();
    }

    private void BeginPayload() => _step = _payloadLeft == 0 ? Step.Boundary : Step.Payload;
}
