using Portok.Cli.Migration;
using Portok.Cli.Units;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Migration;

public sealed class NpmUnitTests
{
    [Theory]
    [InlineData("/usr/bin/node /usr/lib/node_modules/portok/portokd.mjs", true)]
    [InlineData("/usr/bin/env node /opt/portok/portokd.js", true)]
    [InlineData("/opt/nvm/versions/node/v20.1.0/bin/node /srv/portok/portokd.mjs", true)]
    [InlineData("-/bin/bash -c \"source /opt/nvm/nvm.sh && exec node portokd.mjs\"", true)]
    [InlineData("/usr/bin/portokd --env-file /etc/portok/%i.env", false)]
    [InlineData("/opt/node-tools/portokd --env-file /etc/portok/%i.env", false)]
    public void RunsNode_ByItsCommand(string command, bool node) => NpmUnit.RunsNode(command).ShouldBe(node);

    [Fact]
    public void RunsNode_ScriptThatNpmPutIntoThePath_IsKnownByItsFirstLine()
    {
        using TempFolder folder = new();

        NpmUnit.RunsNode(folder.File("npm/portokd", "#!/usr/bin/env node\nimport x from 'y'\n")).ShouldBeTrue();
        NpmUnit.RunsNode(folder.File("ours/portokd", "\u007fELF node")).ShouldBeFalse();
    }

    [Fact]
    public void Read_OfOurs_IsNotNpms() => NpmUnit.Read("/etc/systemd/system/portok@.service", UnitFile.Embedded(UnitFile.Service)).ShouldBeNull();

    [Fact]
    public void Read_Npms_SaysWhatItRunsAndAsWhom()
    {
        NpmUnit unit = NpmUnit.Read("/etc/systemd/system/portok@api.service", NpmFiles.Unit + "\nEnvironment=\"INSTANCE_NAME=%i\"\n")!;

        (unit.Instance, unit.Command, unit.User).ShouldBe(("api", "/usr/bin/node /usr/lib/node_modules/portok/portokd.mjs", "portok"));
        unit.InstanceNameFor("api").ShouldBe("api");
    }
}
