using Portok.Proof;
using Portok.Soak;
using Portok.Soak.Judging;

namespace Portok.EndToEnd.Tests.Load;

/// <summary>The short form of ./prove soak: the same traffic and the same judges, too short to say what is flat.</summary>
[Collection(HeavyCollection.Name)]
public sealed class SoakTests
{
    [Fact]
    public async Task MixedTraffic_WithSwitches_NothingIsLost_AndEveryDescriptorIsGivenBack()
    {
        var output = new StringWriter();
        // Fewer clients and slower switches than in the long form: the machine may be busy with other things.
        SoakRun run = await SoakRun.MakeAsync(
            new SoakOptions { Length = TimeSpan.FromSeconds(15), SwitchEvery = TimeSpan.FromSeconds(4), Workers = 8, WebSockets = 8, EventStreams = 6 },
            output);
        var claims = new Claims(output);
        TrafficJudge.Judge(run, claims);
        FlatnessJudge.Judge(run, claims);
        claims.Hold.ShouldBeTrue($"{output}\n{string.Join('\n', run.Tally.Faults)}");
    }
}
