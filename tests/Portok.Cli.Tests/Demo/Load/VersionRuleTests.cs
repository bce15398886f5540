using Portok.Cli.Demo.Load;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Load;

public sealed class VersionRuleTests
{
    [Fact]
    public void Allows_RequestSentAfterTheSwitchWasConfirmed_OnlyTheNewVersion()
    {
        VersionRule rule = new(Versions.V1);
        rule.Change(Versions.Either);
        rule.Change(Versions.V2);

        int sent = rule.Moment;

        rule.Allows(sent, Versions.V2).ShouldBeTrue();
        rule.Allows(sent, Versions.V1).ShouldBeFalse();
        rule.Allows(sent, Versions.None).ShouldBeFalse();
    }

    [Fact]
    public void Allows_RequestUnderWayAtTheSwitch_EitherVersion()
    {
        VersionRule rule = new(Versions.V1);
        int sent = rule.Moment;
        rule.Allows(sent, Versions.V2).ShouldBeFalse();

        rule.Change(Versions.Either);
        rule.Change(Versions.V2);

        rule.Allows(sent, Versions.V1).ShouldBeTrue();
        rule.Allows(sent, Versions.V2).ShouldBeTrue();
    }
}
