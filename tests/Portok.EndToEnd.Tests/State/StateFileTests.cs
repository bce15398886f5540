using System.Globalization;
using System.Text.Json;

namespace Portok.EndToEnd.Tests.State;

/// <summary>Whatever has become of the state file: the daemon runs, says what was wrong, and keeps the evidence.</summary>
public sealed class StateFileTests : IAsyncLifetime
{
    private readonly ScriptedApp _initial = ScriptedApp.Start(Scripts.Always(Scripts.Ok("initial")));
    private readonly ScriptedApp _one = ScriptedApp.Start(Scripts.Always(Scripts.Ok("one")));
    private readonly ScriptedApp _two = ScriptedApp.Start(Scripts.Always(Scripts.Ok("two")));
    private TempInstance? _instance;

    private TempInstance Instance => _instance!;

    private string StateFolder => Path.GetDirectoryName(Instance.StateFile)!;

    public ValueTask InitializeAsync()
    {
        _instance = new TempInstance(_initial.Port, ("ROLLBACK_CHECK_EVERY_MS", "86400000"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        await _initial.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task State_Saved_WinsOverTheInitialTargetAndIsReadableByAPerson()
    {
        await SwitchTwiceAndStopAsync();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Instance.StateFile));
        json.RootElement.GetProperty("activePort").GetInt32().ShouldBe(_two.Port);
        json.RootElement.GetProperty("lastSwitch").GetProperty("from").GetInt32().ShouldBe(_one.Port);
        (await File.ReadAllTextAsync(Instance.StateFile)).ShouldNotContain(TempInstance.Token);
        PortokDaemon daemon = await Instance.StartAsync();
        (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("two");
        (await daemon.Admin.StatusAsync())["lastSwitch.to"].GetInt32().ShouldBe(_two.Port);
    }

    [Theory]
    [InlineData("torn")]
    [InlineData("empty")]
    [InlineData("zeros")]
    [InlineData("edited")]
    [InlineData("other")]
    public async Task State_Damaged_PreviousGenerationIsUsed(string damage)
    {
        await SwitchTwiceAndStopAsync();
        byte[] damaged = await DamageAsync(damage);
        PortokDaemon daemon = await Instance.StartAsync();
        (await daemon.Admin.ActivePortAsync()).ShouldBe(_one.Port, daemon.Transcript);
        await IsSetAsideWithAWarningAsync(daemon, damaged);
        await daemon.SwitchAsync(_two.Port);
    }

    [Fact]
    public async Task State_FileRemovedByHand_InitialTargetIsUsed()
    {
        await SwitchTwiceAndStopAsync();
        File.Delete(Instance.StateFile);
        PortokDaemon daemon = await Instance.StartAsync();
        (await daemon.Admin.ActivePortAsync()).ShouldBe(_initial.Port, "who removes the file wants to begin anew");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"activePort\": 80")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"hello\": 1}")]
    [InlineData("{\"activePort\": 0, \"lastSwitch\": null}")]
    [InlineData("{\"activePort\": 70000, \"lastSwitch\": null}")]
    [InlineData("{\"activePort\": \"8080\", \"lastSwitch\": null}")]
    [InlineData("\u00ff\u00fe\u0000")]
    public async Task State_UnreadableAndNoGenerationBeforeIt_InitialTargetIsUsed(string content)
    {
        await File.WriteAllBytesAsync(Instance.StateFile, Latin1.Bytes(content));
        PortokDaemon daemon = await Instance.StartAsync();
        (await daemon.Admin.ActivePortAsync()).ShouldBe(_initial.Port, daemon.Transcript);
        await IsSetAsideWithAWarningAsync(daemon, Latin1.Bytes(content));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"from\":8080,\"to\":PORT,\"at\":\"2024-01-15T10:30:00.000Z\",\"reason\":\"manual\",\"id\":\"550e8400-e29b-41d4-a716-446655440000\"}")]
    public async Task State_OfNpmPortok_IsTakenOver(string lastSwitch)
    {
        string port = _one.Port.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(
            Instance.StateFile,
            $$"""
            {
              "activePort": {{port}},
              "drainUntil": null,
              "lastSwitch": {{lastSwitch.Replace("PORT", port, StringComparison.Ordinal)}}
            }
            """);
        PortokDaemon daemon = await Instance.StartAsync();
        AdminAnswer status = await daemon.Admin.StatusAsync();
        status["activePort"].GetInt32().ShouldBe(_one.Port);
        if (lastSwitch is not "null")
        {
            status["lastSwitch.from"].GetInt32().ShouldBe(8080);
            status["lastSwitch.id"].GetString().ShouldBe("550e8400-e29b-41d4-a716-446655440000");
            status["lastSwitch.at"].GetString().ShouldBe("2024-01-15T10:30:00.000Z");
        }

        await daemon.SwitchAsync(_two.Port);
        await daemon.KillAsync();
        (await (await Instance.StartAsync()).Admin.ActivePortAsync()).ShouldBe(_two.Port);
    }

    [Fact]
    public async Task State_CannotBeWritten_SwitchIsRefusedAndTrafficStays()
    {
        PortokDaemon daemon = await Instance.StartAsync();
        await daemon.SwitchAsync(_one.Port);
        // A file where the folder was: no one can write there, root included.
        Directory.Move(StateFolder, StateFolder + ".away");
        await File.WriteAllTextAsync(StateFolder, "");
        AdminAnswer answer = await daemon.Admin.SwitchAsync(_two.Port);
        answer.Status.ShouldBe(500, answer.Text);
        answer["error"].GetString().ShouldNotBeNullOrEmpty();
        answer["message"].GetString().ShouldNotBeNull().ShouldContain(Path.GetFileName(Instance.StateFile));
        (await daemon.Admin.ActivePortAsync()).ShouldBe(_one.Port);
        (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("one");

        File.Delete(StateFolder);
        Directory.Move(StateFolder + ".away", StateFolder);
        await daemon.SwitchAsync(_two.Port);
        await daemon.KillAsync();
        (await (await Instance.StartAsync()).Admin.ActivePortAsync()).ShouldBe(_two.Port);
    }

    [Fact]
    public async Task State_UsedByAnotherDaemon_SecondRefusesAndFirstGoesOn()
    {
        PortokDaemon first = await Instance.StartAsync();
        await first.SwitchAsync(_one.Port);
        Instance.Settings["LISTEN_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        PortokDaemon second = Instance.Spawn();
        (await second.WaitForExitAsync(Patience.Long)).ShouldBe(1, second.Transcript);
        second.Log.ShouldContain(Path.GetFileName(Instance.StateFile));
        await first.SwitchAsync(_two.Port);
        (await first.Admin.ActivePortAsync()).ShouldBe(_two.Port);
    }

    [Fact]
    public async Task State_AfterKill9OfItsDaemon_IsFreeForTheNext()
    {
        PortokDaemon first = await Instance.StartAsync();
        await first.KillAsync();
        await Instance.StartAsync();
    }

    private async Task SwitchTwiceAndStopAsync()
    {
        PortokDaemon daemon = await Instance.StartAsync();
        await daemon.SwitchAsync(_one.Port);
        await daemon.SwitchAsync(_two.Port);
        await daemon.KillAsync();
    }

    /// <summary>Damages the state file and gives its new content.</summary>
    private async Task<byte[]> DamageAsync(string damage)
    {
        byte[] good = await File.ReadAllBytesAsync(Instance.StateFile);
        byte[] bad = damage switch
        {
            "torn" => good[..(good.Length / 2)],
            "empty" => [],
            "zeros" => new byte[good.Length],
            "edited" => Latin1.Bytes(Latin1.Text(good).Replace(_two.Port.ToString(CultureInfo.InvariantCulture), "8081", StringComparison.Ordinal)),
            _ => Latin1.Bytes("{\"name\": \"something else\"}"),
        };
        await File.WriteAllBytesAsync(Instance.StateFile, bad);
        return bad;
    }

    private async Task IsSetAsideWithAWarningAsync(PortokDaemon daemon, byte[] content)
    {
        await daemon.SaysAsync("\"level\":\"warn\"", Path.GetFileName(Instance.StateFile));
        bool kept = false;
        // The lock itself cannot be read while the daemon holds it.
        foreach (string path in Directory.GetFiles(StateFolder).Where(path => !path.Equals(Instance.StateFile, StringComparison.Ordinal) && !path.EndsWith(".lock", StringComparison.Ordinal)))
            kept |= (await File.ReadAllBytesAsync(path)).AsSpan().SequenceEqual(content);
        kept.ShouldBeTrue($"the bad file is to be kept under another name; there are: {string.Join(' ', Directory.GetFiles(StateFolder))}");
    }
}
