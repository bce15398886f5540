using Portok.Compare.Npm;
using Portok.Compare.Scenarios;
using Portok.Compare.Targets;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Scenarios;

public sealed class ScenarioCatalogueTests
{
    [Fact]
    public void Names_AreUniqueAndNameFiles()
    {
        ScenarioCatalogue.All.Select(scenario => scenario.Name).ShouldBeUnique(StringComparer.Ordinal);
        ScenarioCatalogue.All.ShouldAllBe(scenario => scenario.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }

    [Fact]
    public void UsualGroups_HoldEveryTargetButNpms()
    {
        IEnumerable<Scenario> withTargets = ScenarioCatalogue.All.Where(scenario => scenario.Targets.Count > 0 && !string.Equals(scenario.Group, NpmCatalogue.Group, StringComparison.Ordinal));

        withTargets.Select(scenario => scenario.Group).Distinct(StringComparer.Ordinal).ShouldBe(ScenarioCatalogue.UsualGroups);
    }

    [Fact]
    public void Named_Family_IsAllOfIt() => ScenarioCatalogue.Named("curve").Count.ShouldBe(9);

    [Fact]
    public void Named_OneOfAFamilysName_IsThatOne() => ScenarioCatalogue.Named("switch").ShouldHaveSingleItem().Name.ShouldBe("switch");

    /// <summary>A goal that is easier than what must hold would be none.</summary>
    [Fact]
    public void Targets_GoalIsNeverTheEasierOne()
    {
        foreach (Target target in ScenarioCatalogue.All.SelectMany(scenario => scenario.Targets).Where(target => target.Must is not null && target.Goal is not null))
        {
            (target.AtLeast ? target.Goal >= target.Must : target.Goal <= target.Must).ShouldBe(true);
        }
    }
}
