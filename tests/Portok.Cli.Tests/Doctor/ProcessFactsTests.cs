using Portok.Cli.Doctor;
using Portok.Cli.Doctor.Daemons;
using Portok.Cli.Doctor.Machines;
using Portok.Cli.Doctor.Sources;
using Portok.Cli.Tests.Support;
using Portok.Cli.Units;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Doctor;

/// <summary>What checks make of systemd's and the kernel's words.</summary>
public sealed class ProcessFactsTests
{
    private static UnitState AsPackaged(params (string Name, string Value)[] changed)
    {
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach (string line in UnitFile.Embedded(UnitFile.Service).Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && Hardening.Properties.Contains(line[..equals], StringComparer.Ordinal))
            {
                properties[line[..equals]] = line[(equals + 1)..];
            }
        }

        foreach ((string name, string value) in changed)
        {
            properties[name] = value;
        }

        return new UnitState(properties);
    }

    [Fact]
    public void Gaps_UnitAsPackaged_HasNone() => Hardening.Gaps(AsPackaged()).ShouldBeEmpty();

    [Fact]
    public void Gaps_HomeReadOnly_IsInitsOwnChoice() => Hardening.Gaps(AsPackaged(("ProtectHome", "read-only"))).ShouldBeEmpty();

    [Fact]
    public void Gaps_WeakenedByADropIn_NamesEach() =>
        Hardening.Gaps(AsPackaged(("NoNewPrivileges", "no"), ("ProtectSystem", "no"))).Values.ShouldBe(
            ["NoNewPrivileges is 'no', not 'yes'", "ProtectSystem is 'no', not 'strict'"]);

    [Theory]
    [InlineData("1", "2", "0000000000000000", 0)]
    [InlineData("1", "2", "0000000000000400", 0)]
    [InlineData("0", "2", "0000000000000000", 1)]
    [InlineData("1", "0", "0000000000000000", 1)]
    [InlineData("0", "0", "000001ffffffffff", 3)]
    public void OfProcess_SaysWhatIsNotShutIn(string noNewPrivileges, string seccomp, string capabilities, int gaps) =>
        HardeningCheck.OfProcess(["Name:\tportokd", $"CapEff:\t{capabilities}", $"NoNewPrivs:\t{noNewPrivileges}", $"Seccomp:\t{seccomp}"]).Count().ShouldBe(gaps);

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", long.MaxValue)]
    [InlineData("Max processes             1024                 524288               processes ", null)]
    public void SoftLimit_IsReadFromTheKernelsTable(string line, long? limit) => DescriptorsCheck.SoftLimit(["Limit   Soft Limit  Hard Limit  Units", line]).ShouldBe(limit);

    [Theory]
    [InlineData(1_000, "Fault")]
    [InlineData(10_000_000, "Warning")]
    [InlineData(10_000_000_000, "Ok")]
    public void Disk_TooFull_IsAFault(long left, string verdict) => DiskCheck.Judge(left, "x", "df").Verdict.ToString().ShouldBe(verdict);

    [Theory]
    [InlineData(-1, null, false)]
    [InlineData(2, null, true)]
    [InlineData(-1, 1, false)]
    [InlineData(-1, 30, true)]
    public void State_AheadOfTheClock_IsSeen(int switchHours, int? windowHours, bool ahead)
    {
        DateTimeOffset now = FixedTime.Now;
        SavedStateFile saved = new(Exists: true, ActivePort: 1, LastSwitchAt: now.AddHours(switchHours), WindowUntil: windowHours is { } h ? now.AddHours(h) : null);

        (StateCheck.FromTheFuture(saved, now) is not null).ShouldBe(ahead);
    }
}
