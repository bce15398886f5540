using System.Buffers.Binary;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>WebSocket frame boundaries. Promises: reads do not matter; boundaries are where a plain reading of RFC 6455 5.2 has them.</summary>
internal sealed class WebSocketFramesTarget : IFuzzTarget
{
    public string Name => "websocket-frames";

    public IEnumerable<byte[]> Seeds { get; } =
    [
        [0x81, 0x05, 1, 2, 3, 4, 5, 0x88, 0x02, 3, 0xE9], [0x81, 0x83, 9, 9, 9, 9, 1, 2, 3, 0x89, 0x80, 1, 2, 3, 4],
        [0x82, 0x7E, 0x00, 0x03, 1, 2, 3, 0x80, 0x7F, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = default(WebSocketFrames);
        BrokenPromiseException.Unless(whole.Advance(input, stopAtBoundary: false) == input.Length, "bytes were left");

        List<int> expected = Boundaries(input, out bool broken, out bool closed);
        var split = default(WebSocketFrames);
        var found = new List<int>();
        for (int i = 0; i < input.Length; i++)
        {
            split.Advance(input.Slice(i, 1), stopAtBoundary: true);
            if (split.AtBoundary) found.Add(i + 1);
        }

        BrokenPromiseException.Unless(found.SequenceEqual(expected), "boundaries are elsewhere");
        BrokenPromiseException.Unless(split.IsBroken == broken && whole.IsBroken == broken, "broken or not");
        BrokenPromiseException.Unless(split.CloseSeen == closed && whole.CloseSeen == closed, "a close frame");
        BrokenPromiseException.Unless(whole.AtBoundary == split.AtBoundary, "at a boundary or not");

        var stepwise = default(WebSocketFrames);
        int first = stepwise.Advance(input, stopAtBoundary: true);
        BrokenPromiseException.Unless(first == (expected.Count > 0 ? expected[0] : input.Length), "the first boundary");
    }

    private static List<int> Boundaries(ReadOnlySpan<byte> input, out bool broken, out bool closed)
    {
        broken = closed = false;
        var ends = new List<int>();
        int at = 0;
        while (at < input.Length)
        {
            int opcode = input[at] & 0x0F;
            if (opcode >= 8 && (input[at] & 0x80) == 0) break;
            closed |= opcode == 8;
            if (at + 1 >= input.Length) return ends;
            int length = input[at + 1] & 0x7F, header = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0);
            if (opcode >= 8 && length > 125) break;
            if (at + header > input.Length) return ends;
            ulong payload = length == 126 ? BinaryPrimitives.ReadUInt16BigEndian(input[(at + 2)..])
                : length == 127 ? BinaryPrimitives.ReadUInt64BigEndian(input[(at + 2)..]) : (ulong)length;
            if (payload > long.MaxValue) break;
            if ((input[at + 1] & 0x80) != 0) header += 4;
            if (payload + (ulong)header > (ulong)(input.Length - at)) return ends;
            at += header + (int)payload;
            ends.Add(at);
        }

        broken = at < input.Length;
        return ends;
    }
}
