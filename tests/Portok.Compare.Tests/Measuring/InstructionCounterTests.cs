using Portok.Compare.Measuring;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Measuring;

public sealed class InstructionCounterTests
{
    [Fact]
    public void Read_WhatPerfWrites_IsTheCount() =>
        InstructionCounter.Read("# started on Thu Jan 15 10:30:00 2026\n\n48120317,,instructions,2003512,100.00,,\n").ShouldBe(48_120_317);

    [Theory]
    [InlineData("<not supported>,,instructions,0,100.00,,\n")]
    [InlineData("<not counted>,,instructions,0,0.00,,\n")]
    [InlineData("12.5,msec,task-clock,12500000,100.00,0.9,CPUs utilized\n")]
    [InlineData("")]
    public void Read_NoCount_IsNull(string csv) => InstructionCounter.Read(csv).ShouldBeNull();
}
