using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portok.Cli.Tests.Support;

/// <summary>A server on a bare socket that keeps every request it got and gives the answers it was told to.</summary>
internal sealed class FakeAdmin : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, string> _answer;
    private readonly TaskCompletionSource _gate = new();
    private readonly Task _accepting;

    private FakeAdmin(Socket listener, Func<string, string> answer, bool held)
    {
        _listener = listener;
        _answer = answer;
        if (!held)
        {
            _gate.SetResult();
        }

        listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Every request so far: its head and what came with it.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    /// <param name="answer">The whole answer, head and body, for the head of a request.</param>
    /// <param name="held">Answers wait for <see cref="Release"/>.</param>
    public static FakeAdmin OnTcp(Func<string, string> answer, bool held = false)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new FakeAdmin(socket, answer, held);
    }

    public static FakeAdmin OnSocket(string path, Func<string, string> answer)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return new FakeAdmin(socket, answer, held: false);
    }

    /// <summary>An answer with a JSON body.</summary>
    public static string Json(int status, string body, string extraHeaders = "") =>
        $"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\nconnection: close\r\n{extraHeaders}\r\n{body}";

    public void Release() => _gate.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync(_stop.Token);
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                StringBuilder head = new();
                byte[] buffer = new byte[8192];
                while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    int read = await client.ReceiveAsync(buffer, _stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    head.Append(Encoding.ASCII.GetString(buffer, 0, read));
                }

                _requests.Enqueue(head.ToString());
                await _gate.Task;
                for (ReadOnlyMemory<byte> left = Encoding.UTF8.GetBytes(_answer(head.ToString())); !left.IsEmpty;)
                {
                    left = left[await client.SendAsync(left, _stop.Token)..];
                }
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException)
            {
                // The client had enough.
            }
        }
    }
}
