using System.Diagnostics;
using System.Text.Json;
using Portok.Differential.Peers;

namespace Portok.Differential.Judges;

/// <summary>Node's http client: see node/client.mjs. One question at a time.</summary>
internal sealed class NodeClient : IClientJudge, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Process _process;

    public NodeClient() => _process = Process.Start(new ProcessStartInfo("node", [NodeProxyPeer.Program("client.mjs")])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    public string Name => "Node as client";

    public async Task<(ClientReading First, ClientReading Next)> AskAsync(int port, string method)
    {
        await _turn.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { id = 0, port, method }, Json));
            await _process.StandardInput.FlushAsync();
            string line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) ?? throw new InvalidOperationException("Node's client has ended.");
            Answers answers = JsonSerializer.Deserialize<Answers>(line, Json)!;
            return (answers.List[0], answers.List[1]);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(2000)) _process.Kill();
        _process.Dispose();
        _turn.Dispose();
    }

    private sealed record Answers([property: System.Text.Json.Serialization.JsonPropertyName("answers")] ClientReading[] List);
}
