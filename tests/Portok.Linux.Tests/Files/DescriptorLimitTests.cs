using System.Globalization;
using Portok.Linux.Files;
using Portok.Linux.Tests.Headers;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Files;

public sealed class DescriptorLimitTests
{
    [Fact]
    public void Read_IsWhatTheKernelSaysOfThisProcess()
    {
        string line = File.ReadLines("/proc/self/limits").First(text => text.StartsWith("Max open files", StringComparison.Ordinal));
        string soft = line["Max open files".Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0];
        DescriptorLimit.Read().Value.ShouldBe(int.Parse(soft, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Rlimit_Struct_IsTwo64BitNumbersWithTheSoftLimitFirst()
    {
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(["sizeof(struct rlimit)", "offsetof(struct rlimit, rlim_cur)"]);
        real["sizeof(struct rlimit)"].ShouldBe(2 * sizeof(ulong));
        real["offsetof(struct rlimit, rlim_cur)"].ShouldBe(0);
    }
}
