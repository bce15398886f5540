using System.Text;
using CsCheck;
using Portok.Deployment.State;
using Portok.Deployment.Switching;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.State;

public sealed class StateFileFormatTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, 7, TimeSpan.Zero);

    private static readonly SavedState Example = new(
        8081, new SwitchRecord(8080, 8081, Noon, "manual", "deploy-7"), new RollbackWindow(8080, Noon.AddSeconds(60)));

    private static readonly Gen<DateTimeOffset> Times =
        Gen.Int[0, 1_000_000_000].Select(s => Noon.AddSeconds(s).AddMilliseconds(s % 1000));

    private static readonly Gen<int> Ports = Gen.Int[1, 65535];

    private static readonly Gen<SavedState> States = Gen.Select(
        Ports,
        Gen.Select(Ports, Ports, Times, Gen.String, Gen.String)
            .Select(t => new SwitchRecord(t.Item1, t.Item2, t.Item3, WellFormed(t.Item4), WellFormed(t.Item5))).Null(),
        Gen.Select(Ports, Times).Select(t => new RollbackWindow(t.Item1, t.Item2)).Null())
        .Select(t => new SavedState(t.Item1, t.Item2, t.Item3));

    [Fact]
    public void Write_Always_IsTextAPersonReads()
    {
        var text = Encoding.UTF8.GetString(StateFileFormat.Write(Example, "shop", Noon));

        text.ShouldStartWith(
            """
            {
              "activePort": 8081,
              "lastSwitch": {
                "from": 8080,
                "to": 8081,
                "at": "2026-01-02T12:00:00.007Z",
                "reason": "manual",
                "id": "deploy-7"
              },
              "rollback": {
                "previousPort": 8080,
                "until": "2026-01-02T12:01:00.007Z"
              },
              "instance": "shop",
              "savedAt": "2026-01-02T12:00:00.007Z",
              "format": 1,
              "checksum": "sha256:
            """);
        text.ShouldEndWith("\"\n}\n");
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSameState() => States.Sample(state =>
        StateFileFormat.TryRead(StateFileFormat.Write(state, "shop", Noon), out var read, out var fromNpm, out _)
        && read == state && !fromNpm);

    [Fact]
    public void Read_TornAtAnyByte_IsRefused() => States.Sample(
        state =>
        {
            var whole = StateFileFormat.Write(state, "shop", Noon);
            // Without the last line break the file is still whole.
            return Enumerable.Range(0, whole.Length - 1)
                .All(n => !StateFileFormat.TryRead(whole.AsSpan(0, n), out _, out _, out var fault) && fault.Length > 0);
        },
        iter: 30);

    [Fact]
    public void Read_TornAndFilledWithZeros_IsRefused()
    {
        var whole = StateFileFormat.Write(Example, "shop", Noon);
        for (var n = 0; n < whole.Length - 1; n++)
        {
            var torn = whole.ToArray();
            torn.AsSpan(n).Clear();
            StateFileFormat.TryRead(torn, out _, out _, out _).ShouldBeFalse($"cut at {n}");
        }
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefusedOrMeansTheSame() => Gen.Select(Gen.Int[0, 1_000_000], Gen.Byte).Sample((at, value) =>
    {
        var changed = StateFileFormat.Write(Example, "shop", Noon);
        changed[at % changed.Length] = value;
        return !StateFileFormat.TryRead(changed, out var read, out _, out _) || read == Example;
    });

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("null", "holds nothing")]
    [InlineData("[]", "is not the JSON")]
    [InlineData("{}", "names no active port")]
    [InlineData("INSTANCE_NAME=shop\n", "is not the JSON")]
    [InlineData("""{"activePort":0}""", "names no active port")]
    [InlineData("""{"activePort":70000}""", "names no active port")]
    [InlineData("""{"activePort":8081,"activePort":8082}""", "is not the JSON")]
    [InlineData("""{"activePort":8081,"format":1}""", "has lost its checksum")]
    [InlineData("""{"activePort":8081,"checksum":"sha256:00"}""", "has lost its format version")]
    [InlineData("""{"activePort":8081,"format":2,"checksum":"sha256:00"}""", "format version 2")]
    [InlineData("""{"activePort":8081,"format":1,"checksum":"sha256:00"}""", "does not match its checksum")]
    public void Read_ForeignContent_IsRefusedWithTheReason(string content, string fault)
    {
        StateFileFormat.TryRead(Encoding.UTF8.GetBytes(content), out _, out _, out var found).ShouldBeFalse();

        found.ShouldNotBeNull().ShouldContain(fault);
    }

    [Fact]
    public void Read_NpmPortoksFile_IsTakenOver()
    {
        var npm = """{"activePort":8080,"lastSwitch":{"from":8081,"to":8080,"at":"2024-01-15T10:30:00.000Z","reason":"manual","id":"a-b"},"drainUntil":null}"""u8;

        StateFileFormat.TryRead(npm, out var state, out var fromNpm, out _).ShouldBeTrue();

        fromNpm.ShouldBeTrue();
        state.ShouldBe(new SavedState(
            8080, new SwitchRecord(8081, 8080, new DateTimeOffset(2024, 1, 15, 10, 30, 0, TimeSpan.Zero), "manual", "a-b"), null));
    }

    [Theory]
    [InlineData("""{"activePort":8080,"lastSwitch":null}""")]
    [InlineData("""{"activePort":8080}""")]
    [InlineData("""{"activePort":8080,"lastSwitch":{"to":8080}}""")]
    public void Read_NpmPortoksFileWithoutUsableSwitch_KeepsThePort(string content)
    {
        StateFileFormat.TryRead(Encoding.UTF8.GetBytes(content), out var state, out var fromNpm, out _).ShouldBeTrue();

        fromNpm.ShouldBeTrue();
        state.ShouldBe(new SavedState(8080, null, null));
    }

    [Fact]
    public void Read_Reindented_IsTheSameState()
    {
        var text = Encoding.UTF8.GetString(StateFileFormat.Write(Example, "shop", Noon));
        var flat = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

        StateFileFormat.TryRead(Encoding.UTF8.GetBytes(flat), out var state, out _, out _).ShouldBeTrue();

        state.ShouldBe(Example);
    }

    // A lone surrogate is no text: neither JSON nor a request can carry it.
    private static string WellFormed(string s) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s));
}
