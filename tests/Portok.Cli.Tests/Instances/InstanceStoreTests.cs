using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Cli.Instances;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Instances;

public sealed class InstanceStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly InstanceStore _store;

    public InstanceStoreTests() => _store = new InstanceStore(new Folders(_folder.Path, _folder.Combine("state"), _folder.Combine("units")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_AreThoseOfEnvFilesWithANameThatIsAllowed()
    {
        foreach (string file in (string[])["web.env", "api.env", "Bad Name.env", ".hidden.env", "api.env.bak", "notes.txt"])
        {
            _folder.File(file, "");
        }

        _store.Names().ShouldBe(["api", "web"]);
    }

    [Fact]
    public void Names_NoFolder_AreNone() => new InstanceStore(new Folders("/nonexistent", "/x", "/y")).Names().ShouldBeEmpty();

    [Fact]
    public void Load_GoodFile_HasTheNameOfTheUnit()
    {
        _folder.File("api.env", "LISTEN_PORT=3001\nINITIAL_TARGET_PORT=8081\nADMIN_TOKEN=0123456789abcdef0123456789abcdef\n");

        Instance instance = _store.Load("api");

        instance.Faults.ShouldBeEmpty();
        instance.Settings!.InstanceName.ShouldBe("api");
        instance.Settings.ListenPort.ShouldBe(3001);
        instance.FileVariables.ShouldNotContainKey("INSTANCE_NAME");
        instance.StateFile(_store.Folders).ShouldBe(_folder.Combine("state", "api.json"));
    }

    [Fact]
    public void Load_FaultyFile_HasEveryFaultAndStillThePortsThatAreRight()
    {
        _folder.File("api.env", "LISTEN_PORT=3001\nINITIAL_TARGET_PORT=x\nDRAIN_MS=-1\nLISTEN_PROT=1\n");

        Instance instance = _store.Load("api");

        instance.Settings.ShouldBeNull();
        instance.Faults.Count.ShouldBe(3);
        instance.Warnings.ShouldHaveSingleItem().ShouldContain("did you mean LISTEN_PORT?");
        instance.ListenPort.ShouldBe(3001);
        instance.TargetPort.ShouldBeNull();
    }

    [Fact]
    public void Load_UnknownName_SuggestsTheNearest()
    {
        _folder.File("orders.env", "");

        CommandFailure failure = Should.Throw<CommandFailure>(() => _store.Load("ordres"));

        failure.ExitCode.ShouldBe(2);
        failure.Message.ShouldContain("Did you mean 'orders'?");
    }

    [Fact]
    public void LoadAll_OneThatCannotBeRead_IsAmongThemWithTheReason()
    {
        _folder.File("api.env", "LISTEN_PORT=3001\n");
        // Opening it works, reading it fails, for root too.
        File.CreateSymbolicLink(_folder.Combine("web.env"), "/proc/self/mem");

        IReadOnlyList<Instance> all = _store.LoadAll();

        all.Select(i => i.Name).ShouldBe(["api", "web"]);
        all[1].Unreadable.ShouldNotBeNull().ShouldContain("web.env cannot be read");
        all[1].Faults.ShouldHaveSingleItem();
        all[1].ListenPort.ShouldBeNull();
    }

    [Fact]
    public void Write_HasMode0640()
    {
        _store.Write("api", "LISTEN_PORT=3001\n", group: null);

        Modes.Octal(File.GetUnixFileMode(_folder.Combine("api.env"))).ShouldBe("0640");
    }
}
