using System.Globalization;
using System.Text;
using Portok.Testing;

namespace Portok.Engine.Tests.Support;

/// <summary>What a client and an app say to each other, and what each of them then has read, in a form that does not depend on how the bytes were cut.</summary>
/// <param name="Name">For the words of a failure.</param>
/// <param name="Client">The client's part; returns what it read.</param>
/// <param name="App">The app's part.</param>
internal sealed record Conversation(string Name, Func<RawClient, Task<string>> Client, Func<AppConnection, Task> App)
{
    /// <summary>Holds the conversation through an engine and returns what both ends have read.</summary>
    internal async Task<string> HoldAsync(ScriptedSocketCalls? calls)
    {
        await using ScriptedApp app = ScriptedApp.Start(App, new ScriptedAppOptions { HealthPath = null });
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        string read;
        await using (RawClient client = await engine.ConnectAsync())
        {
            try
            {
                read = await Client(client);
            }
            catch (WireException fault)
            {
                throw new WireException($"{Name}: {fault.Message}\nThe app's faults: {string.Join('\n', app.Faults.Select(f => f.Message))}", fault);
            }
        }

        return $"CLIENT\n{read}\nAPP\n{string.Concat(app.Requests.Select(Text))}";
    }

    /// <summary>Head, body and trailers of a message.</summary>
    internal static string Text(WireMessage message)
        => string.Create(CultureInfo.InvariantCulture, $"{message.Head}[{message.Body.Length}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(message.Body))}]{string.Join(';', message.Trailers)}\n");

    /// <summary>Sends everything and reads that many messages.</summary>
    internal static Func<RawClient, Task<string>> Say(string bytes, int responses, bool toHead = false) => async client =>
    {
        Task sending = client.SendAsync(bytes);
        var text = new StringBuilder();
        for (int i = 0; i < responses; i++) text.Append(Text(await client.ReadResponseAsync(toHead)));
        await sending;
        return text.ToString();
    };

    public override string ToString() => Name;
}
