using Portok.Overload;
using Portok.Overload.Trials;
using Portok.Proof;

namespace Portok.EndToEnd.Tests.Load;

/// <summary>The short forms of ./prove overload: a tenth of the clients, and no bound on times and memory.</summary>
[Collection(HeavyCollection.Name)]
public sealed class OverloadTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task ManyConnections_AreAllServed_InFairShares_AndGivenBack()
    {
        var claims = new Claims(_output);
        await ManyConnections.RunAsync(OverloadOptions.Quick, claims);
        claims.Hold.ShouldBeTrue(_output.ToString());
    }

    [Fact]
    public async Task MoreClientsThanDescriptors_SurplusIsTold503_SwitchWorks_AndItPasses()
    {
        var claims = new Claims(_output);
        await DescriptorsGone.RunAsync(OverloadOptions.Quick, claims);
        claims.Hold.ShouldBeTrue(_output.ToString());
    }

    [Fact]
    public async Task SlowClients_EveryRequestOfTheOthersIsAnswered_AndSlowHeadsGet408()
    {
        var claims = new Claims(_output);
        await SlowClients.RunAsync(OverloadOptions.Quick with { Rate = 200 }, claims, _output);
        claims.Hold.ShouldBeTrue(_output.ToString());
    }
}
