using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portok.Admin.Contract;
using Portok.Cli.Demo.Scenario;

namespace Portok.Cli.Tests.Support;

/// <summary>How a <see cref="FakeSwitchboard"/> breaks its promises.</summary>
internal enum Misbehaviour
{
    None,
    RefusesToSwitch,
    LosesRequestsAfterTheSwitch,
    AnswersWithTheOldVersionAfterTheSwitch,
    NeverClosesWebSockets,
    ClosesWebSocketsTooEarly,
    ClosesWebSocketsWithAnotherCode,
    NeverRollsBack,
    RecordsTheRollbackAsManual,
}

/// <summary>Daemon and both versions of the app in one process: enough of them for a demo, faults to order.</summary>
internal sealed class FakeSwitchboard : IAsyncDisposable
{
    private readonly Misbehaviour _fault;
    private readonly DemoTimings _timings;
    private readonly ConcurrentDictionary<WebSocket, string> _sockets = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _drains = [];
    private readonly SemaphoreSlim _sending = new(1);
    private readonly WebApplication _app;
    private volatile string _active = "v1";
    private volatile SwitchReport? _last;
    private int _answers;

    private FakeSwitchboard(Misbehaviour fault, DemoTimings timings)
    {
        _fault = fault;
        _timings = timings;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        // The same program answers for the daemon, v1 and v2.
        builder.WebHost.ConfigureKestrel(k =>
        {
            for (int i = 0; i < 3; i++)
            {
                k.Listen(IPAddress.Loopback, 0);
            }
        });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/ws", EchoAsync);
        _app.MapGet("/version", c => AnswerAsync(c, echo: false));
        _app.MapPost("/echo", c => AnswerAsync(c, echo: true));
        _app.MapPost("/demo/unhealthy", UnhealthyAsync);
        _app.MapGet(AdminPaths.Status, c => WriteAsync(c, 200, JsonSerializer.Serialize(Status(), AdminJson.Default.StatusAnswer)));
        _app.MapPost(AdminPaths.Switch, SwitchAsync);
    }

    public DemoAddresses Addresses { get; private set; } = new(new IPEndPoint(IPAddress.Loopback, 0), 0, 0, "token");

    public static async Task<FakeSwitchboard> StartAsync(Misbehaviour fault, DemoTimings timings)
    {
        FakeSwitchboard board = new(fault, timings);
        await board._app.StartAsync();
        int[] ports = [.. board._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a).Port)];
        board.Addresses = new DemoAddresses(new IPEndPoint(IPAddress.Loopback, ports[0]), ports[1], ports[2], "token");
        return board;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_drains);
        await _app.DisposeAsync();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, bool echo)
    {
        string version = _active;
        if (_last is not null && Interlocked.Increment(ref _answers) % 20 == 0)
        {
            switch (_fault)
            {
                case Misbehaviour.LosesRequestsAfterTheSwitch:
                    context.Abort();
                    return;
                case Misbehaviour.AnswersWithTheOldVersionAfterTheSwitch:
                    version = "v1";
                    break;
            }
        }

        context.Response.Headers["X-App-Version"] = version;
        string body = version;
        if (echo)
        {
            using StreamReader reader = new(context.Request.Body);
            body = await reader.ReadToEndAsync(context.RequestAborted);
        }

        await WriteAsync(context, 200, body);
    }

    private async Task SwitchAsync(HttpContext context)
    {
        if (_fault == Misbehaviour.RefusesToSwitch)
        {
            await WriteAsync(context, 409, """{"error":"Health check failed","message":"v2 is not well"}""");
            return;
        }

        Move("v1", "v2", "manual");
        await WriteAsync(context, 200, JsonSerializer.Serialize(new SwitchAnswer { Success = true, Message = "Switched", Switch = _last, Probe = null }, AdminJson.Default.SwitchAnswer));
    }

    private Task UnhealthyAsync(HttpContext context)
    {
        if (_fault != Misbehaviour.NeverRollsBack)
        {
            Move("v2", "v1", _fault == Misbehaviour.RecordsTheRollbackAsManual ? "manual" : "rollback");
        }

        return WriteAsync(context, 200, "unhealthy");
    }

    private void Move(string from, string to, string reason)
    {
        _last = new SwitchReport { From = PortOf(from), To = PortOf(to), At = DateTimeOffset.UtcNow, Reason = reason, Id = "x" };
        _active = to;
        if (_fault != Misbehaviour.NeverClosesWebSockets)
        {
            _drains.Add(CloseAsync(from));
        }
    }

    private async Task CloseAsync(string version)
    {
        WebSocketCloseStatus status = _fault == Misbehaviour.ClosesWebSocketsWithAnotherCode ? WebSocketCloseStatus.InternalServerError : WebSocketCloseStatus.EndpointUnavailable;
        try
        {
            await Task.Delay(_fault == Misbehaviour.ClosesWebSocketsTooEarly ? TimeSpan.Zero : _timings.Drain, _stop.Token);
            foreach (WebSocket socket in _sockets.Where(s => string.Equals(s.Value, version, StringComparison.Ordinal)).Select(s => s.Key))
            {
                await SendAsync(() => socket.State == WebSocketState.Open ? socket.CloseOutputAsync(status, null, _stop.Token) : Task.CompletedTask);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>One sender at a time, so that no echo follows a close frame.</summary>
    private async Task SendAsync(Func<Task> send)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await send();
        }
        catch (WebSocketException)
        {
            // That client has gone; the others have not.
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task EchoAsync(HttpContext context)
    {
        string version = _active;
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        _sockets[socket] = version;
        byte[] buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token) is { MessageType: not WebSocketMessageType.Close } received)
            {
                byte[] reply = Encoding.UTF8.GetBytes($"{version}: {Encoding.UTF8.GetString(buffer, 0, received.Count)}");
                await SendAsync(() => socket.State == WebSocketState.Open ? socket.SendAsync(reply, WebSocketMessageType.Text, true, _stop.Token) : Task.CompletedTask);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client has gone.
        }
        finally
        {
            _sockets.TryRemove(socket, out _);
        }
    }

    private StatusAnswer Status() => new()
    {
        ActivePort = PortOf(_active),
        DrainUntil = null,
        LastSwitch = _last,
        Instance = "demo",
        Version = "0",
        UptimeSeconds = 1,
        Rollback = new RollbackReport { ArmedUntil = null, Failures = 0, PreviousPort = null },
        Drain = null,
        Drains = [],
    };

    private int PortOf(string version) => version is "v1" ? Addresses.V1Port : Addresses.V2Port;

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.TryAdd("X-App-Version", "v2");
        return context.Response.Body.WriteAsync(bytes).AsTask();
    }
}
