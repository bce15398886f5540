using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Portok.EndToEnd.Tests.State;

/// <summary>kill -9 at any moment: the state is what was acknowledged last, or what the switch in progress was to make it.</summary>
[Collection(HeavyCollection.Name)]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Kills = 100;

    [Fact]
    public async Task Kill9_AtRandomMomentsIn100Switches_StateIsAcknowledgedOrInProgress()
    {
        await using ScriptedApp initial = ScriptedApp.Start(Scripts.Always(Scripts.Ok("initial")));
        // More than two, in turn: so that a state that was lost is never the same as one in progress.
        ScriptedApp[] apps = [.. Enumerable.Range(0, 6).Select(_ => ScriptedApp.Start(Scripts.Always(Scripts.Ok("app"))))];
        int turn = 0;
        await using var instance = new TempInstance(initial.Port, ("ROLLBACK_CHECK_EVERY_MS", "86400000"));
        var random = new Random(20240115);
        int acknowledged = initial.Port;
        int inProgressSurvived = 0;
        int switches = 0;
        for (int round = 0; round < Kills; round++)
        {
            await using PortokDaemon daemon = await instance.StartAsync();
            int active = await daemon.Admin.ActivePortAsync();
            active.ShouldBe(acknowledged, $"round {round}: the daemon and the state file agree");

            var acknowledgedLast = acknowledged;
            int inProgress = acknowledged;
            int before = switches;
            Task switching = Task.Run(async () =>
            {
                try
                {
                    while (true)
                    {
                        inProgress = apps[++turn % apps.Length].Port;
                        AdminAnswer answer = await daemon.Admin.SwitchAsync(inProgress);
                        answer.Status.ShouldBe(200, answer.Text);
                        acknowledgedLast = inProgress;
                        switches++;
                    }
                }
                catch (Exception gone) when (gone is HttpRequestException or SocketException or IOException)
                {
                    // The daemon is gone, as it should be.
                }
            });
            // Half of the kills fall somewhere into a daemon's first switch, the others into the steady run of them.
            if (round % 2 == 0)
                await Poll.UntilAsync(() => Volatile.Read(ref switches) > before || switching.IsCompleted, what: "the first switch of a round");
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * (round % 2 == 0 ? 40 : 400)));
            await daemon.KillAsync();
            await switching.WaitAsync(Patience.Normal);

            acknowledged = await SavedPortAsync(instance, initial.Port);
            new[] { acknowledgedLast, inProgress }.ShouldContain(acknowledged, $"round {round}: acknowledged {acknowledgedLast}, in progress {inProgress}");
            if (acknowledged != acknowledgedLast)
                inProgressSurvived++;
        }

        foreach (ScriptedApp app in apps)
            await app.DisposeAsync();
        string figures = string.Create(CultureInfo.InvariantCulture, $"{Kills} kills, {switches} switches acknowledged, {inProgressSurvived} times the one in progress was already saved, 0 states lost");
        output.WriteLine(figures);
        await Artifacts.WriteAsync(Artifacts.LostRequests, "kill -9 at random moments", figures);
        switches.ShouldBeGreaterThan(20);
    }

    /// <summary>The port in the state file; the initial one while there is no file.</summary>
    private static async Task<int> SavedPortAsync(TempInstance instance, int initial)
    {
        if (!File.Exists(instance.StateFile))
            return initial;
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(instance.StateFile));
        return json.RootElement.GetProperty("activePort").GetInt32();
    }
}
