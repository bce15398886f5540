using System.Globalization;
using System.Text.RegularExpressions;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Units;

/// <summary>How much of the machine the service can reach, as systemd itself judges it while it runs.</summary>
public sealed partial class HardeningTests
{
    private const double MostExposure = 2.0;

    [Fact]
    public async Task Service_InABootedMachine_IsAsHardenedAsPromised_AndItsUnitsAreInOrder()
    {
        await using TestMachine machine = await TestMachine.BootAsync();
        await Package.InstallAsync(machine, await Package.BuildAsync());
        await DemoApp.InstallAsync(machine, 8080);
        Instance instance = await Instance.StartAsync(machine, "api", 3000, 8080);

        string said = await machine.RunAsync($"systemd-analyze security --no-pager {instance.Service}");
        double exposure = double.Parse(Exposure().Match(said).Groups["figure"].Value, CultureInfo.InvariantCulture);
        TestContext.Current.SendDiagnosticMessage($"exposure {exposure.ToString(CultureInfo.InvariantCulture)}");
        exposure.ShouldBeLessThanOrEqualTo(MostExposure, said);
        (await machine.TryAsync("man() { :; }; systemd-analyze verify --man=no portok@api.service portok@api.socket")).Errors.ShouldBeEmpty();

        (await machine.RunAsync($"grep -c . /proc/{await instance.MainPidAsync()}/status && systemctl show --property=LimitNOFILE --value {instance.Service}")).ShouldEndWith("524288");
        (await machine.RunAsync($"ps -o user= -p {await instance.MainPidAsync()} 2>/dev/null || stat -c %U /proc/{await instance.MainPidAsync()}")).Trim().ShouldBe("portok");
    }

    [GeneratedRegex(@"Overall exposure level.*?: (?<figure>\d+\.\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exposure();
}
