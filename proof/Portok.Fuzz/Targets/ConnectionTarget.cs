using System.Text;
using Portok.Fuzz.Simulation;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Whole connections: the engine over a simulated kernel, clients and an app that do whatever the input says, at any moment.
/// Promises: no exception leaves a step, the loop finds rest, nothing is left behind, and the bytes on both sides fit
/// together (<see cref="Judge"/>).
/// </summary>
internal sealed class ConnectionTarget : IFuzzTarget, IDisposable
{
    private readonly EngineUnderTest _engine = new();

    public string Name => "connection";

    public IEnumerable<byte[]> Seeds { get; } = [.. new[]
    {
        "Acs0GET / HTTP/1.1\r\nHost: a\r\n\r\n\xFEs0POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello\xFE",
        "cs0GET / HTTP/1.1\r\nHost: a\r\n\r\n\xFEa0HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe\xFEa0llo\xFE" + "F0s0GET /2 HTTP/1.1\r\nHost: a\r\n\r\n\xFEX1",
        "cs0GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n\xFEw0\x05" + "a0HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n\xFEw0\xFF",
        "cs0GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\xFEa0HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x01x\xFEs0\x81\x81\x01\x01\x01\x01y\xFE" + "df0F0",
        "pcs0POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n\xFEK0s00\r\n\r\n\xFEa0HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\nrest\xFE" + "F0",
        "cccccs0GET /0 HTTP/1.1\r\nHost: a\r\n\r\n\xFEs1GET /1 HTTP/1.1\r\nHost: a\r\n\r\n\xFEs2GET /2 HTTP/1.1\r\nHost: a\r\n\r\n\xFEs3GET /3 HTTP/1.1\r\nHost: a\r\n\r\n\xFEs4POST /4 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx\xFEox2A",
        "cs0GET /__status HTTP/1.1\r\nHost: a\r\nx-portok-peer: 10.0.0.9\r\nx-admin-token: t\r\n\r\n\xFEa0HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}\xFERcs1GET / HTTP/1.0\r\n\r\n\xFE",
        "Acs0GET / HTTP/1.1\r\nHost: a\r\n\r\n\xFE" + "A" + "F0s0GET /again HTTP/1.1\r\nHost: a\r\n\r\n\xFE" + "Ae0\x00ce1\x03" + "l\x03m\x02s1GET /x HTTP/1.1\r\nHost: b\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n\xFET",
    }.Select(Encoding.Latin1.GetBytes)];

    public void Run(ReadOnlySpan<byte> input)
    {
        var script = new ConnectionScript(_engine);
        script.Play(input);
        var judge = new Judge(script.Clients, [.. _engine.Kernel.Upstreams]);
        script.End();
        judge.Decide();
        _engine.CheckNothingIsLeft();
        _engine.Kernel.Forget();
    }

    public void Dispose() => _engine.Dispose();
}
