using Portok.Fuzz.Targets;

namespace Portok.Fuzz;

/// <summary>One input again, without instrumentation: for a debugger and for people.</summary>
internal static class Replay
{
    /// <returns>Whether the oracle has nothing against it.</returns>
    internal static bool Run(IFuzzTarget target, string file, TextWriter output)
    {
        byte[] input = Read(file);
        output.WriteLine(target.Describe(input));
        try
        {
            target.Run(input);
            output.WriteLine("nothing wrong");
            return true;
        }
        catch (InvariantViolation violation)
        {
            output.WriteLine($"VIOLATION: {violation.Message}");
            return false;
        }
    }

    /// <summary>A find as its bytes are, or a line of a corpus: printable, and ended by a line feed as editors do.</summary>
    private static byte[] Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bool isLine = bytes is [.., (byte)'\n'] && bytes.AsSpan(0, bytes.Length - 1).IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
        return isLine ? EscapedBytes.Read(System.Text.Encoding.ASCII.GetString(bytes.AsSpan(0, bytes.Length - 1))) : bytes;
    }
}
