using System.Buffers.Text;

namespace Portok.Http1;

/// <summary>
/// The chunked transfer coding (RFC 9112 7.1), read and written anew in place, resumable at any byte. A mutable struct
/// that lives in its connection: pass it by reference only. <c>default</c> is the start of a body.
/// </summary>
/// <remarks>
/// Stricter than the RFC on purpose, because request smuggling lives in the leniences: no white space around the size, no
/// bare LF, at most 16 digits, at most 1 KiB of extension.
/// <code>
/// chunk = 1*16HEXDIG [ ";" *1023( HTAB / SP / VCHAR / obs-text ) ] CRLF data CRLF
/// body  = *chunk 1*16"0" [ ext ] CRLF *( field-line CRLF ) CRLF
/// </code>
/// </remarks>
public struct ChunkedBody
{
    /// <summary>Free bytes that the window must have in front of the input: what was held back from earlier reads may come out there.</summary>
    public const int Headroom = 16 * 1024;

    private const int MaxSizeDigits = 16;
    private const int MaxExtension = 1024;

    private ulong _size;
    private TrailerSection _trailers;
    private short _extension;
    private byte _digits;
    private Step _step;

    private enum Step : byte
    {
        Size,
        Extension,
        SizeLf,
        Data,
        DataCr,
        DataLf,
        Trailers,
        Done,
    }

    /// <summary>
    /// Tells, before the body begins, what its head was: trailer fields that Connection has named are of one hop and are
    /// dropped (RFC 9110 7.6.1).
    /// </summary>
    public void BeginAfter(MessageHead head, ReadOnlySpan<byte> source) => _trailers.DropNamed(ConnectionOptions.NamedInTrailers(source, head));

    /// <summary>Relays the input as far as it is valid. Data goes on as it comes; only framing is held back until it is whole.</summary>
    /// <param name="window">The buffer; bytes in front of the input, and the input itself, may be overwritten.</param>
    /// <param name="start">Offset of the input, at least <see cref="Headroom"/>.</param>
    /// <param name="length">Bytes of input.</param>
    /// <param name="output">What to make of it; the same for every call on one body.</param>
    public ChunkedStep Relay(Span<byte> window, int start, int length, ChunkedOutput output)
    {
        var result = new InPlaceOutput(window);
        bool chunked = output == ChunkedOutput.Chunked;
        var reason = RejectReason.None;
        int read = start;
        int end = start + length;

        while (read < end && _step != Step.Done && reason == RejectReason.None)
        {
            if (_step == Step.Data)
            {
                int run = (int)Math.Min(_size, (ulong)(end - read));
                result.PassData(read, run);
                read += run;
                _size -= (ulong)run;
                if (_size == 0) _step = Step.DataCr;
            }
            else if (_step == Step.Trailers)
            {
                reason = _trailers.Relay(window, ref read, end, chunked, ref result, out bool ended);
                if (ended) _step = Step.Done;
            }
            else
            {
                reason = FramingByte(window[read++], read, chunked, ref result);
            }
        }

        ParseStatus status = reason != RejectReason.None ? ParseStatus.Rejected
            : _step == Step.Done ? ParseStatus.Complete : ParseStatus.Incomplete;
        return new ChunkedStep(status, reason, read - start, result.Start, result.End - result.Start, result.DataBytes);
    }

    private RejectReason FramingByte(byte b, int read, bool chunked, ref InPlaceOutput output)
    {
        switch (_step)
        {
            case Step.Size:
                return SizeByte(b);
            case Step.Extension:
                if (b == Grammar.Cr) _step = Step.SizeLf;
                else if (Grammar.Controls.Contains(b) || ++_extension > MaxExtension) return RejectReason.ChunkInvalid;
                return RejectReason.None;
            case Step.SizeLf:
                return b == Grammar.Lf ? SizeComplete(read, chunked, ref output) : RejectReason.ChunkInvalid;
            case Step.DataCr:
                _step = Step.DataLf;
                return b == Grammar.Cr ? RejectReason.None : RejectReason.ChunkInvalid;
            default:
                if (b != Grammar.Lf) return RejectReason.ChunkInvalid;
                if (chunked) output.Framing("\r\n"u8, read);
                _digits = 0;
                _step = Step.Size;
                return RejectReason.None;
        }
    }

    private RejectReason SizeByte(byte b)
    {
        int digit = HexValue(b);
        if (digit >= 0)
        {
            // Sixteen digits fill the 64 bits, so nothing is lost before the check at the line's end.
            _size = (_size << 4) | (uint)digit;
            return ++_digits <= MaxSizeDigits ? RejectReason.None : RejectReason.ChunkInvalid;
        }

        if (_digits == 0) return RejectReason.ChunkInvalid;
        if (b == Grammar.Cr)
        {
            _step = Step.SizeLf;
            return RejectReason.None;
        }

        _extension = 1;
        _step = Step.Extension;
        return b == ';' ? RejectReason.None : RejectReason.ChunkInvalid;
    }

    private RejectReason SizeComplete(int read, bool chunked, ref InPlaceOutput output)
    {
        if (_size > long.MaxValue) return RejectReason.ChunkInvalid;
        _step = _size == 0 ? Step.Trailers : Step.Data;
        if (!chunked) return RejectReason.None;

        Span<byte> line = stackalloc byte[MaxSizeDigits + 2];
        Utf8Formatter.TryFormat(_size, line, out int written, new System.Buffers.StandardFormat('x'));
        "\r\n"u8.CopyTo(line[written..]);
        output.Framing(line[..(written + 2)], read);
        return RejectReason.None;
    }

    private static int HexValue(byte b)
    {
        int digit = b - '0';
        if ((uint)digit <= 9) return digit;
        int letter = (b | 0x20) - 'a';
        return (uint)letter <= 5 ? letter + 10 : -1;
    }
}
