using Portok.Differential.Judges;
using Shouldly;
using Xunit;

namespace Portok.Differential.Tests.Judges;

public sealed class VerdictTests
{
    private static readonly string[] Two = ["GET Lw== 0 x", "POST Lw== 3 y"];

    [Fact]
    public void Requests_ReadAlikeOrRefused_AreNoViolation()
    {
        RequestVerdict.Compare(Two, [new(Two[0], 200), new(Two[1], 200)], endsWhole: true).ShouldBeNull();
        RequestVerdict.Compare(Two, [new(Two[0], 200), new(null, 400)], endsWhole: true).ShouldBeNull();
        RequestVerdict.Compare(Two, [new(null, 400)], endsWhole: true).ShouldBeNull();
    }

    [Fact]
    public void Requests_ReadOtherwise_AreAViolation()
    {
        RequestVerdict.Compare(Two, [new(Two[0], 200), new("POST Lw== 2 z", 200)], endsWhole: true).ShouldNotBeNull();
        RequestVerdict.Compare(Two, [new(Two[0], 200)], endsWhole: true).ShouldNotBeNull();
        RequestVerdict.Compare(Two, [new(Two[0], 200), new(Two[1], 200), new("GET L2hpZGRlbg== 0 x", 200)], endsWhole: true).ShouldNotBeNull();
        // A message without its end is nobody's request.
        RequestVerdict.Compare([], [new(Two[0], 200)], endsWhole: false).ShouldNotBeNull();
    }

    [Fact]
    public async Task Origins_ReadTheSentinelBehindWhatIsWhole_AndNothingInWhatIsNot()
    {
        await using OriginJudges judges = await OriginJudges.StartAsync();
        foreach (OriginJudge judge in judges.All)
        {
            (await judge.ReadAsync([Exchange("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")], endsWhole: true))
                .Select(message => message.What).ShouldBe(["POST L2E= 3 ba7816bf8f01cfea", OriginJudge.SentinelReading], judge.Name);
            (await judge.ReadAsync([Exchange("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabc")], endsWhole: false))
                .Where(message => message.What is not null).ShouldBeEmpty(judge.Name);
            // The classic: the judge sees the hidden request that a length of another kind would have covered.
            (await judge.ReadAsync([Exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n")], endsWhole: true)).Count.ShouldBe(3, judge.Name);
        }
    }

    private static Wire.OriginExchange Exchange(string text)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(text);
        return new(1, bytes, Wire.MessageReader.Request(bytes), Answered: true);
    }
}
