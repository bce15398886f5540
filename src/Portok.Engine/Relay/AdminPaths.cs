namespace Portok.Engine.Relay;

/// <summary>The paths of the public port that are Portok's own, compared byte for byte with what stands before '?'.</summary>
internal static class AdminPaths
{
    /// <summary>Whether the path is an admin path. "/%5f%5fstatus" or "//__status" is not: it belongs to the app.</summary>
    internal static bool Contains(ReadOnlySpan<byte> path)
    {
        if (path.Length < 8 || path[1] != (byte)'_') return false;
        return path.SequenceEqual("/__status"u8)
            || path.SequenceEqual("/__metrics"u8)
            || path.SequenceEqual("/__switch"u8)
            || path.SequenceEqual("/__health"u8);
    }
}
