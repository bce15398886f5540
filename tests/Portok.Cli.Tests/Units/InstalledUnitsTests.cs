using Portok.Cli.Instances;
using Portok.Cli.Units;
using Portok.Settings;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Units;

public sealed class InstalledUnitsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Folders _folders;
    private readonly UnitChoices _choices;

    public InstalledUnitsTests()
    {
        _folders = new Folders("/etc/portok", "/var/lib/portok", _folder.Path);
        _choices = UnitChoices.Packaged;
    }

    public void Dispose() => _folder.Dispose();

    private static DaemonSettings Settings(params (string Name, string Value)[] more)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["INITIAL_TARGET_PORT"] = "8081", ["ADMIN_TOKEN"] = "0123456789abcdef", ["LISTEN_PORT"] = "3001" };
        foreach ((string name, string value) in more)
        {
            variables[name] = value;
        }

        return SettingsReader.Read(variables).Settings!;
    }

    [Fact]
    public void Compare_NotInstalled_HasNoDifferenceToShow()
    {
        UnitComparison comparison = new InstalledUnits(_folders).Compare(UnitFile.Service, _choices);

        (comparison.IsInstalled, comparison.IsCurrent, comparison.Path).ShouldBe((false, false, _folder.Combine(UnitFile.Service)));
        comparison.Difference.ShouldBeEmpty();
    }

    [Fact]
    public void Compare_AfterWriting_IsCurrent_AndAfterAChangeItIsNot()
    {
        InstalledUnits units = new(_folders);
        string path = units.Write(UnitFile.Service, _choices);
        units.Compare(UnitFile.Service, _choices).IsCurrent.ShouldBeTrue();
        units.ExecPath.ShouldBe("/usr/bin/portokd");

        File.WriteAllText(path, File.ReadAllText(path).Replace("RestartSec=500ms\n", "RestartSec=9\n", StringComparison.Ordinal));

        UnitComparison comparison = units.Compare(UnitFile.Service, _choices);
        comparison.IsCurrent.ShouldBeFalse();
        comparison.Difference.ShouldContain("-RestartSec=9", StringComparer.Ordinal);
        comparison.Difference.ShouldContain("+RestartSec=500ms", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(null, "ListenStream=3001")]
    [InlineData("127.0.0.1", "ListenStream=127.0.0.1:3001")]
    [InlineData("::1", "ListenStream=[::1]:3001")]
    public void SocketDropIn_SaysWhereTheInstanceListens(string? host, string line)
    {
        DaemonSettings settings = host is null ? Settings() : Settings(("LISTEN_HOST", host));
        SocketDropIn dropIn = new(_folders);

        dropIn.Write("api", settings).ShouldBeTrue();

        dropIn.Write("api", settings).ShouldBeFalse();
        string[] lines = File.ReadAllLines(_folder.Combine("portok@api.socket.d", "listen.conf"));
        lines[^3..].ShouldBe(["[Socket]", "ListenStream=", line]);
        dropIn.IsCurrent("api", Settings(("LISTEN_PORT", "3002"))).ShouldBeFalse();
    }

    [Fact]
    public void SocketDropIn_Deleted_LeavesWhatOthersPutThere()
    {
        SocketDropIn dropIn = new(_folders);
        dropIn.Write("api", Settings());
        dropIn.Write("web", Settings());
        _folder.File("portok@web.socket.d/own.conf", "[Socket]\n");

        dropIn.Delete("api");
        dropIn.Delete("web");

        Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).ShouldBe(
            [_folder.Combine("portok@web.socket.d"), _folder.Combine("portok@web.socket.d", "own.conf")], ignoreOrder: true);
    }
}
