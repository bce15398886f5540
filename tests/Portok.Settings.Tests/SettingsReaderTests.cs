using System.Net;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Portok.Settings.Tests;

public class SettingsReaderTests
{
    /// <summary>Each variable: its default, values that are taken (as shown again), values that are refused.</summary>
    public static TheoryData<string, string, string[], string[]> Table() => new()
    {
        { "INSTANCE_NAME", "default", ["a", "api-2", "0_x", new string('a', 64)], ["A", "-a", "_a", "a b", "a/b", "../x", "ä", new string('a', 65)] },
        { "LISTEN_PORT", "3000", ["1", "65535", "080=80"], ["0", "65536", "-1", "+1", "3000.0", "0x50", "http", "1e3", "99999999999"] },
        { "LISTEN_HOST", ":: with IPv4 too, or 0.0.0.0 where IPv6 is off", ["::", "0.0.0.0", "127.0.0.1", "::1", "0:0::1=::1"], ["localhost", "*", "127.1", "1", "[::1]", "fe80::1%eth0", "1.2.3.4:80"] },
        { "INITIAL_TARGET_PORT", "required", ["1", "65535"], ["0", "65536", "x"] },
        { "STATE_FILE", "/var/lib/portok/<instance>.json", ["/srv/x.json", "/srv/a/../x.json=/srv/x.json"], ["/x\ny", "/" + new string('a', 4095)] },
        { "HEALTH_PATH", "/health", ["/", "/h?deep=1"], ["health", "http://x/", "/a b", "/a#b", "/ä", "/a\tb"] },
        { "HEALTH_TIMEOUT_MS", "5000", ["1", "600000"], ["0", "600001", "5s"] },
        { "DRAIN_MS", "30000", ["0", "86400000"], ["-1", "86400001"] },
        { "ROLLBACK_WINDOW_MS", "60000", ["0", "86400000"], ["-1", "86400001"] },
        { "ROLLBACK_CHECK_EVERY_MS", "5000", ["10", "86400000"], ["0", "9", "86400001"] },
        { "ROLLBACK_FAIL_THRESHOLD", "3", ["1", "1000"], ["0", "1001"] },
        { "ADMIN_TOKEN", "required", ["x=••••••", "with a space=••••••"], [" x", "x ", "ü", "a\tb", new string('a', 1025)] },
        { "ADMIN_ALLOWLIST", "127.0.0.1,::1", ["10.0.0.0/8", " 1.2.3.4 , ::1 =1.2.3.4,::1", "::ffff:10.0.0.1=10.0.0.1", "::ffff:10.0.0.0/104=10.0.0.0/8", "0.0.0.0/0", "fd00::/8"], ["10.0.0.1/8", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/+8", "localhost", "10.1", ",", "1.2.3.4;::1"] },
        { "ADMIN_UNIX_SOCKET", "none", ["/run/portok.sock"], ["/" + new string('a', 107)] },
        { "ADMIN_ON_PUBLIC_PORT", "1", ["1", "true=1", "TRUE=1"], ["2", "yes", "on", "-"] },
        { "ADMIN_RATE_LIMIT_PER_MINUTE", "10", ["0", "100000"], ["-1", "100001"] },
        { "FAST_PATH", "0", ["0", "1", "false=0"], ["2", "no"] },
        { "REACTORS", "auto", ["auto", "AUTO=auto", "0=auto", "1", "64"], ["65", "-1", "all"] },
        { "UPSTREAM_KEEPALIVE", "1", ["0"], ["maybe"] },
        { "UPSTREAM_MAX_SOCKETS", "1024", ["1", "1000000"], ["0", "1000001", "Infinity"] },
        { "UPSTREAM_KEEPALIVE_MSECS", "1000", ["1", "32767000"], ["0", "32767001"] },
        { "UPSTREAM_CONNECT_TIMEOUT_MS", "5000", ["1", "600000"], ["0", "600001"] },
        { "UPSTREAM_RESPONSE_TIMEOUT_MS", "60000", ["0", "86400000"], ["-1", "86400001"] },
        { "SERVER_KEEPALIVE_TIMEOUT", "5000", ["0", "5999"], ["-1", "86400001"] },
        { "SERVER_HEADERS_TIMEOUT", "6000", ["5001", "86400000"], ["0", "86400001"] },
        { "CLIENT_IDLE_TIMEOUT_MS", "60000", ["0", "86400000"], ["-1", "86400001"] },
        { "ENABLE_XFWD", "1", ["0"], ["2"] },
        { "MAX_HEADER_BYTES", "32768", ["1024", "1048576"], ["1023", "1048577"] },
        { "MAX_HEADERS", "128", ["8", "1024"], ["7", "1025"] },
        { "MAX_BODY_BYTES", "0", ["0", "9223372036854775807"], ["-1", "9223372036854775808", "10MB"] },
        { "ERROR_PAGES_DIR", "none", ["/"], ["/does/not/exist"] },
        { "DEBUG_UPSTREAM", "0", ["1"], ["2"] },
        { "VERBOSE_ERRORS", "0", ["1"], ["2"] },
        { "LOG_FORMAT", "auto: text on a terminal, else json", ["text", "JSON=json", "auto"], ["xml"] },
        { "LOG_LEVEL", "info", ["trace", "debug", "info", "warn", "error", "off"], ["verbose", "3"] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Read_EachVariable_TakesAndRefusesWhatItSays(string name, string shownDefault, string[] good, string[] bad)
    {
        SettingDefinition definition = SettingCatalogue.All.Single(d => d.Name == name);
        definition.DefaultShown.ShouldBe(shownDefault);
        definition.Required.ShouldBe(shownDefault == "required");
        foreach (string entry in good)
        {
            string[] parts = entry.Split('=', 2);
            string value = name == "HEALTH_PATH" ? entry : parts[0];
            string shown = name == "HEALTH_PATH" ? entry : parts[^1];
            SettingsReading reading = Variables.Read((name, value));
            reading.Faults.ShouldBeEmpty($"{name}={value}");
            definition.Show(reading.Settings![definition]).ShouldBe(shown);
        }

        foreach (string value in bad)
        {
            SettingsReading reading = Variables.Read((name, value));
            reading.Settings.ShouldBeNull($"{name}={value}");
            string fault = reading.Faults.ShouldHaveSingleItem();
            fault.ShouldStartWith(name + "=");
            fault.ShouldContain("must be " + definition.Allowed);
            fault.Any(char.IsControl).ShouldBeFalse();
        }
    }

    [Fact]
    public void Table_CoversTheWholeCatalogue()
        => Table().Select(row => row.Data.Item1).Order(StringComparer.Ordinal)
            .ShouldBe(SettingCatalogue.All.Select(d => d.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Read_NothingGiven_NamesEveryRequiredVariable()
        => SettingsReader.Read(new Dictionary<string, string>()).Faults.ShouldBe(
        [
            "INITIAL_TARGET_PORT is not set: must be a whole number from 1 to 65535",
            "ADMIN_TOKEN is not set: must be 1 to 1024 visible ASCII characters; spaces only inside",
        ]);

    [Fact]
    public void Read_OnlyTheRequired_GivesTheDocumentedDefaults()
    {
        DaemonSettings settings = Variables.Settings();
        settings.StateFile.ShouldBe("/var/lib/portok/default.json");
        settings.HealthTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        settings.Drain.ShouldBe(TimeSpan.FromSeconds(30));
        settings.RollbackWindow.ShouldBe(TimeSpan.FromMinutes(1));
        settings.AdminAllowlist.ShouldBe([IPNetwork.Parse("127.0.0.1/32"), IPNetwork.Parse("::1/128")]);
        settings.Reactors.ShouldBe(Math.Clamp(Environment.ProcessorCount, 1, 64));
        settings.LogLevel.ShouldBe(LogLevel.Information);
        settings.ListenHost.ShouldBeNull();
        settings.AdminUnixSocket.ShouldBeNull();
    }

    [Fact]
    public void Read_SeveralFaults_ReportsAllAtOnceAndNoSecret()
    {
        SettingsReading reading = Variables.Read(
            ("LISTEN_PORT", "70000"), ("DRAIN_MS", "soon"), ("ADMIN_TOKEN", "hidden-secret\u0007"), ("ADMIN_ON_PUBLIC_PORT", "0"));
        reading.Settings.ShouldBeNull();
        reading.Faults.Count.ShouldBe(4);
        reading.Faults.ShouldContain("LISTEN_PORT=70000: must be a whole number from 1 to 65535");
        reading.Faults.ShouldContain("DRAIN_MS=soon: must be a whole number of milliseconds from 0 to 86400000");
        reading.Faults.ShouldContain("ADMIN_TOKEN=(hidden): must be 1 to 1024 visible ASCII characters; spaces only inside");
        reading.Faults.ShouldContain(f => f.StartsWith("ADMIN_ON_PUBLIC_PORT=0: must be 1 unless ADMIN_UNIX_SOCKET is set"));
        string.Join('\n', reading.Faults).ShouldNotContain("hidden-secret");
    }

    [Theory]
    [InlineData("LISTEN_PORT", "8080", "INITIAL_TARGET_PORT=8080: must be another port than LISTEN_PORT=8080")]
    [InlineData("SERVER_KEEPALIVE_TIMEOUT", "6000", "SERVER_HEADERS_TIMEOUT=6000: must be larger than SERVER_KEEPALIVE_TIMEOUT=6000")]
    [InlineData("SERVER_HEADERS_TIMEOUT", "4999", "SERVER_HEADERS_TIMEOUT=4999: must be larger than SERVER_KEEPALIVE_TIMEOUT=5000")]
    [InlineData("STATE_FILE", "/usr", "STATE_FILE=/usr: must be the path of a file; it is a folder")]
    public void Read_Contradiction_IsAFault(string name, string value, string start)
        => Variables.Read((name, value)).Faults.ShouldHaveSingleItem().ShouldStartWith(start);

    [Fact]
    public void Read_AdminSocketOnTheStateFile_IsAFault()
        => Variables.Read(("ADMIN_UNIX_SOCKET", "/run/x"), ("STATE_FILE", "/run/x")).Faults.ShouldHaveSingleItem().ShouldStartWith("ADMIN_UNIX_SOCKET=/run/x: must be another path");

    [Fact]
    public void Read_AdminOnlyOnTheUnixSocket_IsAllowed()
    {
        DaemonSettings settings = Variables.Settings(("ADMIN_ON_PUBLIC_PORT", "0"), ("ADMIN_UNIX_SOCKET", "/run/x.sock"));
        settings.AdminOnPublicPort.ShouldBeFalse();
        settings.AdminUnixSocket.ShouldBe("/run/x.sock");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Read_EmptyValue_CountsAsNotSet(string value)
    {
        Variables.Settings(("LISTEN_PORT", value), ("ADMIN_ALLOWLIST", value)).ListenPort.ShouldBe(3000);
        Variables.Read(("ADMIN_TOKEN", value)).Faults.ShouldHaveSingleItem().ShouldStartWith("ADMIN_TOKEN is not set");
    }

    [Fact]
    public void Read_WhiteSpaceAroundANumber_IsTakenOff() => Variables.Settings(("LISTEN_PORT", " 8000 ")).ListenPort.ShouldBe(8000);

    [Fact]
    public void Read_InstanceName_NamesTheStateFile() => Variables.Settings(("INSTANCE_NAME", "api")).StateFile.ShouldBe("/var/lib/portok/api.json");

    [Theory]
    [InlineData("ADMIN_TOKEN", "short", "ADMIN_TOKEN is shorter")]
    [InlineData("ROLLBACK_WINDOW_MS", "14999", "ROLLBACK_WINDOW_MS is too short")]
    [InlineData("ADMIN_ALLOWLIST", "0.0.0.0/0", "ADMIN_ALLOWLIST lets every address")]
    public void Read_DoubtfulValue_WarnsAndGoesOn(string name, string value, string start)
    {
        SettingsReading reading = Variables.Read((name, value));
        reading.Settings.ShouldNotBeNull();
        reading.Warnings.ShouldHaveSingleItem().ShouldStartWith(start);
    }

    [Fact]
    public void Read_BadAllowlistEntry_IsNamed()
        => Variables.Read(("ADMIN_ALLOWLIST", "127.0.0.1,10.0.0.1/8")).Faults.ShouldHaveSingleItem().ShouldEndWith("'10.0.0.1/8' has bits set after its prefix: 10.0.0.0/8 or 10.0.0.1");
}
