using Portok.Fuzz.Reference;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>Frame boundaries of a WebSocket: the same however the bytes are split, and where the slow reader finds them.</summary>
internal sealed class WebSocketFramesTarget : IFuzzTarget
{
    public int MaxLength => 1024;

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [0x81, 0x05, .. "hello"u8, 0x89, 0x00],
        [0x82, 0x85, 1, 2, 3, 4, .. "hello"u8, 0x88, 0x82, 0, 0, 0, 0, 3, 0xE8],
        [0x01, 0x7E, 0, 3, 1, 2, 3, 0x80, 0x7F, 0, 0, 0, 0, 0, 0, 0, 1, 9, 0x88, 0],
    ];

    public void Run(byte[] input)
    {
        ReferenceFrames expected = ReferenceFrames.Read(input);
        foreach (Func<int, int> split in Pieces.Splits(input))
        {
            var frames = default(WebSocketFrames);
            for (int at = 0; at < input.Length;)
            {
                int length = Math.Min(split(at), input.Length - at);
                InvariantViolation.UnlessEqual(length, frames.Advance(input.AsSpan(at, length), stopAtBoundary: false), "bytes passed");
                at += length;
                CheckState(frames, expected, at);
            }
        }

        CheckStops(input, expected);
    }

    /// <summary>Stopping at boundaries stops at every one, and nowhere else.</summary>
    private static void CheckStops(byte[] input, ReferenceFrames expected)
    {
        var frames = default(WebSocketFrames);
        var stops = new HashSet<long> { 0 };
        for (int at = 0; at < input.Length;)
        {
            int passed = frames.Advance(input.AsSpan(at), stopAtBoundary: true);
            InvariantViolation.Unless(passed > 0 && passed <= input.Length - at, "stopped without going on");
            at += passed;
            CheckState(frames, expected, at);
            if (frames.AtBoundary) stops.Add(at);
        }

        InvariantViolation.Unless(stops.SetEquals(expected.Boundaries), $"stops at {string.Join(' ', stops)}, boundaries are {string.Join(' ', expected.Boundaries)}");
    }

    private static void CheckState(in WebSocketFrames frames, ReferenceFrames expected, int at)
    {
        InvariantViolation.UnlessEqual(expected.Boundaries.Contains(at), frames.AtBoundary, "at a boundary");
        InvariantViolation.UnlessEqual(expected.CloseBegins >= 0 && at >= expected.CloseBegins, frames.CloseSeen, "close frame seen");
        InvariantViolation.UnlessEqual(expected.BrokenAt >= 0 && at >= expected.BrokenAt, frames.IsBroken, "broken");
    }
}
