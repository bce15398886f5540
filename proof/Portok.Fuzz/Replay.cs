using Portok.Fuzz.Targets;

namespace Portok.Fuzz;

/// <summary>One input again, without instrumentation: for a debugger and for people.</summary>
internal static class Replay
{
    /// <returns>The exit code: 0 when the oracle has nothing against it.</returns>
    internal static int Run(IFuzzTarget target, string file, TextWriter output)
    {
        byte[] input = File.ReadAllBytes(file);
        output.WriteLine(target.Describe(input));
        try
        {
            target.Run(input);
            output.WriteLine("nothing wrong");
            return 0;
        }
        catch (InvariantViolation violation)
        {
            output.WriteLine($"VIOLATION: {violation.Message}");
            return 1;
        }
    }
}
