namespace Portok.Systemd.Tests.Machine;

internal static class ProcessResults
{
    /// <summary>Exit code 0, else the test fails with all it said.</summary>
    public static void ShouldSucceed(this ProcessResult result)
        => result.ExitCode.ShouldBe(0, result.Output + result.Errors);
}
