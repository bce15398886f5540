using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portok.Deployment.Tests.Support;

/// <summary>A TCP server that reads one request head a connection and then does what the test says with the socket.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Socket, CancellationToken, Task> _script;
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    public ScriptedServer(Func<Socket, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Requests { get; } = [];

    /// <summary>A whole request head has arrived.</summary>
    public Task Requested => _requested.Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>The prober has closed a connection whose script was over.</summary>
    public Task Closed => _closed.Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Sends these bytes and leaves the closing to the other side.</summary>
    public static ScriptedServer Sending(string answer) =>
        new((socket, stop) => SendAsync(socket, answer, stop));

    public static async Task SendAsync(Socket socket, string text, CancellationToken stop) =>
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), stop);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                await ServeAsync(socket);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The test is over; which call notices first is chance.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var n = await socket.ReceiveAsync(buffer, _stop.Token);
                if (n == 0)
                    return;
                head.Append(Encoding.Latin1.GetString(buffer, 0, n));
            }

            Requests.Add(head.ToString());
            _requested.TrySetResult();
            await _script(socket, _stop.Token);
            while (await socket.ReceiveAsync(buffer, _stop.Token) > 0)
            {
                // Whatever else comes is of no interest.
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side reset, or the script closed.
        }

        _closed.TrySetResult();
    }
}
