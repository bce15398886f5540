using System.Globalization;
using Portok.Differential.Peers;
using Portok.Differential.Wire;

namespace Portok.Differential.Judges;

/// <summary>nginx, Node's http parser and Kestrel as origins of what Portok forwarded.</summary>
internal sealed class OriginJudges : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];

    public IReadOnlyList<OriginJudge> All { get; private set; } = [];

    public static async Task<OriginJudges> StartAsync()
    {
        var judges = new OriginJudges();
        // nginx as an origin parses; what it makes of a message, framed by length, is told by the origin behind it.
        var behind = new RecordingOrigin(FreePort.Next());
        var nginx = new JudgingNginx();
        judges._owned.Add(nginx);
        int nginxPort = (await nginx.StartAsync([behind.Port]))[0];

        int nodePort = FreePort.Next();
        RunningProcess node = RunningProcess.Start("node", [NodeProxyPeer.Program("origin.mjs"), nodePort.ToString(CultureInfo.InvariantCulture)]);
        judges._owned.Add(node);

        KestrelOrigin kestrel = await KestrelOrigin.StartAsync();
        judges._owned.Add(kestrel);
        judges.All = [new("nginx as origin", nginxPort), new("Node as origin", nodePort), new("Kestrel as origin", kestrel.Port)];
        await Poll.UntilAsync(() => Task.FromResult(!FreePort.IsFree(nodePort)), Patience.Long, "Node's origin to listen");
        return judges;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in _owned) await owned.DisposeAsync();
    }

    private sealed class JudgingNginx : NginxPeer
    {
        protected override string More => "large_client_header_buffers 8 128k; client_header_buffer_size 128k; proxy_buffer_size 32k; proxy_buffers 8 32k;";
    }
}
