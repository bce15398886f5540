using System.Collections.Concurrent;
using Shouldly;
using Xunit;

namespace Portok.Architecture.Tests.Code;

/// <summary>The rules on small bad inputs: a rule that cannot fail holds nothing.</summary>
public sealed class CodeRuleCheckTests
{
    [Theory]
    [InlineData("src/Portok.Http1/A.cs", "unsafe class A;")]
    [InlineData("src/Portok.Http1/A.cs", "class A { void B() { unsafe { } } }")]
    [InlineData("src/Portok.Engine/A.cs", "class A { [DllImport(\"libc\")] static extern int read(); }")]
    [InlineData("src/Portok.Engine/A.csproj", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>")]
    public void UnsafeRule_OutsideLinux_IsReported(string path, string text) =>
        UnsafeRule.Check([new(path, text)]).ShouldHaveSingleItem();

    [Theory]
    [InlineData("src/Portok.Linux/A.cs", "unsafe class A;")]
    [InlineData("src/Portok.Http1/A.cs", "// unsafe\nclass A { string B = \"unsafe\"; void C() { System.Span<byte> d = stackalloc byte[4]; } }")]
    public void UnsafeRule_LinuxOrOnlyTheWord_IsNotReported(string path, string text) =>
        UnsafeRule.Check([new(path, text)]).ShouldBeEmpty();

    [Theory]
    [InlineData("src/A.cs", FileLengthRule.SourceLines, 0)]
    [InlineData("src/A.cs", FileLengthRule.SourceLines + 1, 1)]
    [InlineData("tests/A.cs", FileLengthRule.TestLines, 0)]
    [InlineData("tests/A.cs", FileLengthRule.TestLines + 1, 1)]
    public void FileLengthRule_PastTheLimit_IsReported(string path, int lines, int violations) =>
        FileLengthRule.Check([new(path, string.Concat(Enumerable.Repeat("//\n", lines)))]).Count().ShouldBe(violations);

    [Fact]
    public void DynamicRule_DynamicVariable_IsReported() =>
        DynamicRule.Check([new("src/A.cs", "class A { void B() { dynamic c = 1; } } // dynamic")]).ShouldHaveSingleItem();

    [Theory]
    [InlineData("[LoggerMessage(EventId = 1)] void A(); [LoggerMessage(1, LogLevel.Debug, \"b\")] void B();", "already")]
    [InlineData("EventId A = new EventId(7); [LoggerMessage(EventId = 7)] void B();", "already")]
    [InlineData("[LoggerMessage(Level = LogLevel.Debug)] void A();", "needs an id")]
    [InlineData("[LoggerMessage(EventId = Base + 1)] void A();", "needs an id")]
    public void LogEventRule_SharedOrMissingId_IsReported(string members, string expected) =>
        LogEventRule.Check([new("src/A.cs", $"partial class A {{ {members} }}")]).ShouldHaveSingleItem().ShouldContain(expected);

    [Fact]
    public void LogEventRule_SameIdInTwoFiles_NamesBoth() =>
        LogEventRule.Check([
            new("src/A.cs", "partial class A { [LoggerMessage(EventId = 1)] void A(); }"),
            new("src/B.cs", "partial class B { [LoggerMessage(EventId = 1)] void B(); }"),
        ]).ShouldHaveSingleItem().ShouldBe("src/B.cs:1: log event 1 is already that of src/A.cs:1");

    [Fact]
    public void MetricNameRule_SharedName_IsReported() =>
        MetricNameRule.Check([new("src/A.cs", "class A { void B() { m.CreateCounter<long>(\"a\"); m.CreateHistogram<long>(\"a\"); } }")])
            .ShouldHaveSingleItem().ShouldContain("already");

    [Theory]
    [InlineData("Thread.Sleep(10)")]
    [InlineData("System.Threading.Tasks.Task.Delay(10)")]
    public void WaitRule_TimeInATest_IsReported(string wait) =>
        WaitRule.Check([new("tests/A.cs", $"class A {{ void B() {{ {wait}; }} }}")], []).ShouldHaveSingleItem().ShouldContain("tests/A.cs:1");

    [Theory]
    [InlineData("while (!there()) { await Task.Delay(5, bounded); }", 0)]
    [InlineData("while (!there()) { await Task.Delay(5); }", 1)]
    [InlineData("while (true) { await Task.Delay(5, bounded); }", 1)]
    [InlineData("var a = ScriptedApp.Start(async connection => { await Task.Delay(5); });", 0)]
    [InlineData("var a = await portok.BehindAsync(async connection => { await Task.Delay(5); });", 0)]
    [InlineData("var a = await RunAsync(async connection => { await Task.Delay(5); });", 1)]
    public void WaitRule_BoundedPollAndSlowApp_AreNotReported(string statement, int violations) =>
        WaitRule.Check([new("tests/A.cs", $"class A {{ async Task B() {{ {statement} }} }}")], []).Count().ShouldBe(violations);

    [Fact]
    public void WaitRule_WaitForCancellation_IsNotReported() =>
        WaitRule.Check([new("tests/A.cs", "class A { Task B(CancellationToken c) => Task.Delay(Timeout.Infinite, c); }")], []).ShouldBeEmpty();

    [Theory]
    [InlineData("// The app is slow on purpose.\n Task.Delay(10);", 0)]
    [InlineData("Task.Delay(10); // the app is slow on purpose", 0)]
    [InlineData("// wait\n Task.Delay(10);", 1)]
    [InlineData("// The app is slow on purpose.\n B(); Task.Delay(10);", 1)]
    public void WaitRule_Comment_AllowsOnlyItsOwnStatement(string statements, int violations) =>
        WaitRule.Check([new("tests/A.cs", $"class A {{ void B() {{\n {statements}\n }} }}")], []).Count().ShouldBe(violations);

    [Fact]
    public void WaitRule_EntryNoLongerNeeded_IsReported() =>
        WaitRule.Check([], [new("tests/A.cs", "the kernel needs a moment to notice")]).ShouldHaveSingleItem().ShouldContain("waits no more");

    [Fact]
    public void StaticStateRule_FieldsThatCanChange_AreReported() =>
        StaticStateRule.Check([typeof(Stateful)])
            .ShouldBe([$"{typeof(Stateful).FullName}.Count: static state", $"{typeof(Stateful).FullName}.<Name>k__BackingField: static state",
                $"{typeof(Stateful).FullName}.Cache: static state"], ignoreOrder: true);

    [Fact]
    public void StaticStateRule_ConstantsAndCachedLambdas_AreNotReported() =>
        StaticStateRule.Check([typeof(Stateless), .. typeof(Stateless).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)]).ShouldBeEmpty();

#pragma warning disable CA2211, CA1812, CA1823, IDE0044, IDE0051, MA0069 // what the rule is there to find
    private static class Stateful
    {
        internal static int Count = 1;
        internal static readonly ConcurrentDictionary<int, int> Cache = new();
        internal static string? Name { get; set; }
    }

    private static class Stateless
    {
        internal const int Size = 1;
        internal static readonly int[] Table = [1, 2];
        internal static string Name { get; } = "a";
        internal static int Sum() => Table.Sum(value => value + Size);
    }
#pragma warning restore
}
