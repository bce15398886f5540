using Portok.Fuzz.Coverage;
using Portok.Fuzz.Fuzzing;
using Portok.Fuzz.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Fuzz.Tests.Targets;

/// <summary>The oracles can fail: a fault planted in a copy of the product is found, and told for what it is.</summary>
public class PlantedFaultTests
{
    [Theory]
    [InlineData("request-head", "Portok.Http1.HostValue", "IsValid", 1, "the slow reader says Refused")]
    [InlineData("request-head", "Portok.Http1.ConnectionOptions", "IsProtected", 0, "fields to the app")]
    [InlineData("request-head", "Portok.Http1.ConnectionOptions", "MarkNamed", 0, "fields to the app")]
    [InlineData("request-head", "Portok.Http1.FieldLines", "Trim", 0, "value of a field")]
    [InlineData("request-head", "Portok.Http1.RequestFraming", "ReadCoding", 0, "framing")]
    [InlineData("response-head", "Portok.Http1.ConnectionOptions", "IsProtected", 0, "fields to the client")]
    [InlineData("response-head", "Portok.Http1.ResponseFraming", "IsSingleChunked", 1, "the slow reader says Refused")]
    [InlineData("chunked-body", "Portok.Http1.TrailerField", "MayPass", 1, "chunks")]
    [InlineData("chunked-body", "Portok.Http1.TrailerField", "IsValid", 1, "outcome of the body")]
    [InlineData("connection", "Portok.Engine.Reactors.Reactor", "CloseMarked", 0, "")]
    [InlineData("connection", "Portok.Engine.Buffers.KeptBytes", "Clear", 0, "buffers not given back")]
    [InlineData("connection", "Portok.Engine.Upstreams.UpstreamConnection", "GivePermitBack", 0, "a permit was not given back")]
    [InlineData("connection", "Portok.Engine.Relay.Exchange", "LeaveTarget", 0, "work counted on a target")]
    [InlineData("connection", "Portok.Engine.Clients.ClientConnection", "KeepForNext", 0, "everybody did their part")]
    [InlineData("connection", "Portok.Engine.Relay.Exchange", "MayBeRepeated", 1, "a POST is begun 2 times")]
    [InlineData("connection", "Portok.Engine.Relay.Exchange", "WrapAsChunk", 0, "what is no response")]
    [InlineData("connection", "Portok.Engine.Relay.Exchange", "CutClient", 0, "")]
    [InlineData("connection", "Portok.Engine.Relay.Exchange", "EndCloseDelimited", 0, "everybody did their part")]
    public void Fuzz_FaultPlantedInTheProduct_IsFound(string target, string type, string method, int answer, string claim)
    {
        Fuzzer run = GuidedRun.Of(target, type.StartsWith("Portok.Engine", StringComparison.Ordinal) ? 600 : 20_000, new PlantedFault(type, method, answer));

        run.Finds.ShouldContain(f => f.Message.Contains(claim), $"finds:\n{run.Finds.Tell()}");
    }
}
