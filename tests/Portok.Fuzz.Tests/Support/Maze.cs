namespace Portok.Fuzz.Tests.Support;

/// <summary>A fault behind a row of doors: each opens only when the one before it has, and nothing but a branch tells.</summary>
internal static class Maze
{
    private static ReadOnlySpan<byte> Key => "zq7!"u8;

    internal static Action<byte[]> MakeRun() => Enter;

    private static void Enter(byte[] input)
    {
        int at = 0;
        if (input.Length < Key.Length) return;
        if (input[at++] != Key[0]) return;
        if (input[at++] != Key[1]) return;
        if (input[at++] != Key[2]) return;
        if (input[at] == Key[3]) throw new InvariantViolation("the end of the maze");
    }
}
