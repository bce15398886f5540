using System.Text.Json;
using Portok.Cli.Tests.Support;
using Portok.Settings;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Config_ShowsEverySettingWithItsSource_AndNoSecret()
    {
        const string token = "a-secret-that-nobody-may-see-0123";
        _sandbox.Instance("api", $"LISTEN_PORT=3001\nINITIAL_TARGET_PORT=8081\nADMIN_TOKEN={token}\nMY_APPS_OWN=x\n");

        CommandRun run = await _sandbox.RunAsync("config", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldNotContain(token);
        run.Out.ShouldMatch(@"\nLISTEN_PORT +file +3001\n");
        run.Out.ShouldMatch(@"\nADMIN_TOKEN +file +•+\n");
        run.Out.ShouldMatch(@"\nDRAIN_MS +default +30000\n");
        run.Out.ShouldMatch(@"\nINSTANCE_NAME +unit +api\n");
        run.Out.ShouldContain("Other variables in the file: MY_APPS_OWN");
        foreach (SettingDefinition setting in SettingCatalogue.All)
        {
            run.Out.ShouldContain($"\n{setting.Name} ");
        }
    }

    [Fact]
    public async Task Config_Faults_AreMarkedAndExitWith1_TheirSecretsHidden()
    {
        _sandbox.Instance("api", "LISTEN_PORT=99999\nADMIN_TOKEN=\"secret with a tail \"\nDRIAN_MS=5\nINITIAL_TARGET_PORT=8081\n");

        CommandRun run = await _sandbox.RunAsync("config", "api", "--json");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldNotContain("secret with");
        JsonElement json = run.OnlyJson();
        JsonElement port = json.GetProperty("settings").EnumerateArray().Single(s => s.GetProperty("name").ValueEquals("LISTEN_PORT"));
        (port.GetProperty("value").GetString(), port.GetProperty("source").GetString()).ShouldBe(("99999", "file"));
        port.GetProperty("fault").GetString()!.ShouldStartWith("LISTEN_PORT=99999: must be");
        json.GetProperty("faults").GetArrayLength().ShouldBe(2);
        json.GetProperty("warnings")[0].GetString()!.ShouldContain("did you mean DRAIN_MS?");
        json.GetProperty("others")[0].GetString().ShouldBe("DRIAN_MS");
    }
}
