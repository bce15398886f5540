using Portok.Cli.CommandLine;
using Portok.Cli.Demo.Scenario;
using Portok.Cli.Demo.Views;
using Portok.Cli.Rendering;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Views;

public sealed class ViewTests
{
    private static readonly DemoReport Good = new()
    {
        Passed = true,
        Faults = [],
        Seconds = 14.7,
        Requests = 29351,
        AnsweredByV1 = 18247,
        AnsweredByV2 = 11104,
        Lost = 0,
        WrongVersion = 0,
        SwitchMs = 12.2,
        P50BeforeMs = 1.3,
        P99BeforeMs = 4.2,
        P50DuringMs = 1.4,
        P99DuringMs = 5.1,
        WebSockets = 5,
        ClosedAfterSwitch = 5,
        ClosedAfterRollback = 5,
        RollbackMs = 1470,
    };

    private static string Write(Action<Screen, CliHost> write, IReadOnlyDictionary<string, string>? environment = null)
    {
        using StringWriter output = new();
        CliHost host = new()
        {
            Out = output,
            Error = TextWriter.Null,
            OutIsTerminal = false,
            ErrorIsTerminal = false,
            Environment = name => environment is not null && environment.TryGetValue(name, out string? value) ? value : null,
            Time = new FixedTime(),
        };
        write(Screen.Out(host), host);
        return output.ToString().Trim('\n');
    }

    [Fact]
    public void Summary_Passed_HasEveryFigure() => Write((screen, _) => SummaryView.Write(screen, Good)).ShouldBe("""
        Requests        29,351 in 14.7 s: 18,247 answered by v1, 11,104 by v2
        Lost            0
        Wrong version   0
        Switch          12 ms, probe included
        p50             1.3 ms before, 1.4 ms during the switch
        p99             4.2 ms before, 5.1 ms during the switch
        WebSockets      5 of 5 after the switch, 5 of 5 after the rollback got 1001
        Rollback        1.47 s after v2 turned unhealthy

        ✓ Nothing was lost.
        """);

    [Fact]
    public void Summary_Failed_NamesEveryFault()
    {
        string text = Write((screen, _) => SummaryView.Write(screen, Good with { Passed = false, Lost = 2, SwitchMs = null, P99DuringMs = null, RollbackMs = null, Faults = ["2 requests lost", "seen: HTTP 502 [x]"] }));

        text.ShouldContain("Lost            2\n");
        text.ShouldContain("Switch          none\n");
        text.ShouldContain("p99             not measured\n");
        text.ShouldEndWith("✗ The demo did not go as it should:\n  2 requests lost\n  seen: HTTP 502 [x]");
        text.ShouldNotContain("Nothing was lost");
    }

    [Fact]
    public void PlainLine_SaysWhoAnswersAndHowFast()
    {
        DemoFrame frame = new()
        {
            Elapsed = TimeSpan.FromSeconds(3),
            V1 = new VersionFrame("v1", 20001, Active: false, Answers: 10008, PerSecond: 0, WebSockets: 5),
            V2 = new VersionFrame("v2", 20002, Active: true, Answers: 4014, PerSecond: 2001.4, WebSockets: 0),
            Lost = 0,
            WrongVersion = 0,
            P50 = 1.1,
            P99 = 4.2,
            GoneAway = 0,
            Status = null,
        };

        PlainView.Describe(frame).ShouldBe("  v1 0/s (10,008, 5 ws); v2* 2001/s (4,014, 0 ws); p50 1.1 ms, p99 4.2 ms; lost 0");
        PlainView.Describe(frame with { P50 = null, P99 = null, Lost = 3 }).ShouldEndWith("; no answers; lost 3");
    }

    [Fact]
    public void Stay_Commands_CanBePasted()
    {
        DemoAddresses addresses = new(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 20000), 20001, 20002, "abc");

        string text = Write((screen, host) => StayView.Write(screen, addresses, host), Env.Of(("PORTOK_COMMAND", "./portok")));

        text.ShouldContain("\n  ./portok status --url http://127.0.0.1:20000 --token abc\n");
        text.ShouldContain("\n  ./portok switch 20002 --url http://127.0.0.1:20000 --token abc\n");
        text.ShouldContain("\n  curl -X POST http://127.0.0.1:20002/demo/unhealthy\n");
        text.ShouldEndWith("Ctrl-C ends it all.");
    }
}
