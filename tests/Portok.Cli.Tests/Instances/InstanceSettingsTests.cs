using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Instances;

public sealed class InstanceSettingsTests
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:4000/")]
    [InlineData("::", "http://127.0.0.1:4000/")]
    [InlineData("0.0.0.0", "http://127.0.0.1:4000/")]
    [InlineData("10.1.2.3", "http://10.1.2.3:4000/")]
    [InlineData("::1", "http://[::1]:4000/")]
    public void From_ListenHost_BecomesAnAddressThatCanBeReached(string? host, string expected)
    {
        Dictionary<string, string> values = Env.Of(("LISTEN_PORT", "4000"));
        if (host is not null)
        {
            values["LISTEN_HOST"] = host;
        }

        InstanceSettings.From(values, "f").Url.ShouldNotBeNull().AbsoluteUri.ShouldBe(expected);
    }

    [Fact]
    public void From_EmptyFile_HasTheDefaultsOfTheDaemon()
    {
        InstanceSettings settings = InstanceSettings.From(Env.Of(), "f");

        settings.ShouldBe(new InstanceSettings(new Uri("http://127.0.0.1:3000"), SocketPath: null, AdminToken: null));
    }

    [Fact]
    public void From_AdminNotOnThePublicPort_LeavesOnlyTheSocket()
    {
        InstanceSettings settings = InstanceSettings.From(Env.Of(("ADMIN_ON_PUBLIC_PORT", "0"), ("ADMIN_UNIX_SOCKET", "/run/p.sock")), "f");

        settings.Url.ShouldBeNull();
        settings.SocketPath.ShouldBe("/run/p.sock");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("80a")]
    [InlineData("-1")]
    public void From_ListenPortOutOfRange_IsRefusedByName(string port)
    {
        CommandFailure failure = Should.Throw<CommandFailure>(() => InstanceSettings.From(Env.Of(("LISTEN_PORT", port)), "/etc/portok/api.env"));

        failure.Message.ShouldContain("/etc/portok/api.env");
        failure.Message.ShouldContain($"'{port}'");
    }
}
