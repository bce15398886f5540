using Portok.Fuzz.Fuzzing;
using Portok.Fuzz.Targets;
using Shouldly;
using Xunit;

namespace Portok.Fuzz.Tests.Fuzzing;

public class CorpusTests
{
    public static TheoryData<string> Targets => [.. TargetList.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Corpus_EveryKeptInputAndPastFind_HoldsAllInvariants(string target)
    {
        IFuzzTarget made = TargetList.Make(target);
        IReadOnlyList<byte[]> inputs = Corpus.Load(Corpus.BuiltFolder, target);
        inputs.Count.ShouldBeGreaterThan(20, "the corpus lies beside the program");
        foreach (byte[] input in made.Seeds.Concat(inputs))
        {
            Exception? fault = Record.Exception(() => made.Run(input));
            if (fault is not null) Assert.Fail($"{EscapedBytes.Write(input)}\n{made.Describe(input)}\n{fault}");
        }
    }

    [Fact]
    public void EscapedBytes_EveryByte_ComesBack()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i), (byte)' ', (byte)'#'];
        EscapedBytes.Read(EscapedBytes.Write(all)).ShouldBe(all);
        EscapedBytes.Write("# a "u8).ShouldBe(@"\x23 a\x20");
    }
}
