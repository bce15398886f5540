using Portok.Deployment.Switching;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Switching;

public sealed class SwitchKeyTests
{
    [Fact]
    public async Task Switch_KeyRepeated_GivesTheFirstAnswerAgainWithoutProbeOrRoute()
    {
        await using var stage = await Stage.StartedAsync();
        var first = await stage.SwitchAsync(Stage.Green, expect: Stage.Blue, id: "deploy-7");
        await stage.SwitchAsync(Stage.Blue);
        var probed = stage.Prober.Probed.Count;

        var again = await stage.SwitchAsync(Stage.Green, expect: Stage.Blue, id: "deploy-7");

        again.ShouldBe(first);
        first.Record!.Id.ShouldBe("deploy-7");
        stage.Prober.Probed.Count.ShouldBe(probed);
        stage.Status.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Switch_KeyOfARefusedSwitch_MayBeTriedAgain()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Prober.Fail(Stage.Green);
        (await stage.SwitchAsync(Stage.Green, id: "k")).Kind.ShouldBe(SwitchOutcomeKind.ProbeFailed);
        stage.Prober.Heal(Stage.Green);

        (await stage.SwitchAsync(Stage.Green, id: "k")).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task Switch_TwoAtOnceWithOneKey_OneSwitchTwoEqualAnswers()
    {
        await using var stage = await Stage.StartedAsync();
        var held = stage.Prober.Hold(Stage.Green);
        var first = stage.SwitchAsync(Stage.Green, id: "k");
        var second = stage.SwitchAsync(Stage.Green, id: "k");

        held.SetResult();

        (await second).ShouldBe(await first);
        stage.Prober.Probed.ShouldBe([Stage.Green]);
    }

    [Fact]
    public async Task Switch_KeyOfTheLastSwitchAfterRestart_GivesItsRecord()
    {
        await using var stage = await Stage.StartedAsync();
        var first = await stage.SwitchAsync(Stage.Green, expect: Stage.Blue, id: "k");
        await stage.RestartAsync();

        var again = await stage.SwitchAsync(Stage.Green, expect: Stage.Blue, id: "k");

        again.Kind.ShouldBe(SwitchOutcomeKind.Switched);
        again.Record.ShouldBe(first.Record);
        stage.Prober.Probed.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Switch_KeyOnTheActivePort_IsAnsweredAlreadyActiveAgain()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Blue, id: "k");
        await stage.SwitchAsync(Stage.Green);

        (await stage.SwitchAsync(Stage.Blue, id: "k")).Kind.ShouldBe(SwitchOutcomeKind.AlreadyActive);

        stage.Status.ActivePort.ShouldBe(Stage.Green);
    }

    [Fact]
    public async Task Switch_EmptyKey_IsNoKey()
    {
        await using var stage = await Stage.StartedAsync();
        var first = await stage.SwitchAsync(Stage.Green, id: "");
        var second = await stage.SwitchAsync(Stage.Blue, id: "");

        second.Kind.ShouldBe(SwitchOutcomeKind.Switched);
        Guid.Parse(second.Record!.Id).ShouldNotBe(Guid.Parse(first.Record!.Id));
    }

    [Fact]
    public async Task Switch_KeyWithLineBreaks_ForgesNoLogLine()
    {
        await using var stage = await Stage.StartedAsync();

        await stage.SwitchAsync(Stage.Green, id: "a\nb", reason: "c\u001bd");

        stage.Log.Collector.GetSnapshot().ShouldNotContain(r => r.Message.Any(c => char.IsControl(c)));
    }

    [Fact]
    public void RecentAnswers_MoreThanTheCapacity_ForgetTheOldest()
    {
        var answers = new RecentAnswers();
        var answer = new SwitchOutcome(SwitchOutcomeKind.Switched, null, null, 1, null);
        for (var i = 0; i <= RecentAnswers.Capacity; i++)
            answers.Keep($"k{i}", answer);

        answers.Find("k0").ShouldBeNull();
        answers.Find("k1").ShouldBe(answer);
        answers.Find($"k{RecentAnswers.Capacity}").ShouldBe(answer);
    }
}
