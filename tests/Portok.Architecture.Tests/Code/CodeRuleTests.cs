using Portok.Architecture.Tests.Rooms;
using Portok.Architecture.Tests.Sources;
using Xunit;

namespace Portok.Architecture.Tests.Code;

public sealed class CodeRuleTests
{
    [Fact]
    public void UnsafeCode_IsOnlyInLinux() => UnsafeRule.Check(RepositoryFiles.All).ShouldHold();

    [Fact]
    public void Files_StayShort() => FileLengthRule.Check(RepositoryFiles.All).ShouldHold();

    [Fact]
    public void Dynamic_IsNowhere() => DynamicRule.Check(RepositoryFiles.All).ShouldHold();

    [Fact]
    public void LogEvents_HaveIdsOfTheirOwn() => LogEventRule.Check(RepositoryFiles.CSharpUnder("src")).ShouldHold();

    [Fact]
    public void Metrics_HaveNamesOfTheirOwn() => MetricNameRule.Check(RepositoryFiles.CSharpUnder("src")).ShouldHold();

    [Fact]
    public void Tests_DoNotLetTimePass() => WaitRule.Check(RepositoryFiles.All, AllowedWaits.All).ShouldHold();

    [Fact]
    public void Products_HaveNoStaticState() =>
        StaticStateRule.Check(ProductAssemblies.All.SelectMany(assembly => assembly.GetTypes())).ShouldHold();
}
