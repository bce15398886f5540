namespace Portok.Testing;

/// <summary>Scripts of apps, good and bad, for <see cref="ScriptedApp.Start"/>.</summary>
public static class Scripts
{
    /// <summary>A response with Content-Length.</summary>
    /// <param name="body">The body, one byte a character.</param>
    /// <param name="fields">Whole field lines without CRLF, put before Content-Length.</param>
    public static string Ok(string body, params string[] fields)
        => $"HTTP/1.1 200 OK\r\n{string.Concat(fields.Select(field => field + "\r\n"))}Content-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Answers every request with the same bytes and keeps the connection.</summary>
    public static Func<AppConnection, Task> Always(string response) => Each(_ => response);

    /// <summary>Answers every request by a function of it and keeps the connection.</summary>
    public static Func<AppConnection, Task> Each(Func<WireMessage, string> answer) => async connection =>
    {
        while (await connection.HasMoreAsync().ConfigureAwait(false))
            await connection.SendAsync(answer(await connection.ReadRequestAsync().ConfigureAwait(false))).ConfigureAwait(false);
    };

    /// <summary>Answers every request with its own body, framed by Content-Length.</summary>
    public static Func<AppConnection, Task> Echo() => Each(request => Ok(request.Text));

    /// <summary>Reads one request, sends these bytes and closes, whatever the bytes say about the connection.</summary>
    public static Func<AppConnection, Task> Once(string response) => async connection =>
    {
        await connection.ReadRequestAsync().ConfigureAwait(false);
        await connection.SendAsync(response).ConfigureAwait(false);
    };

    /// <summary>Reads one request and sends the bytes one at a time, then keeps the connection until the other side ends.</summary>
    public static Func<AppConnection, Task> Drip(string response) => async connection =>
    {
        await connection.ReadRequestAsync().ConfigureAwait(false);
        await connection.DripAsync(response).ConfigureAwait(false);
        await connection.StallAsync().ConfigureAwait(false);
    };

    /// <summary>Reads one request, sends these bytes (none for an empty text) and then resets the connection.</summary>
    public static Func<AppConnection, Task> Reset(string before = "") => async connection =>
    {
        await connection.ReadRequestAsync().ConfigureAwait(false);
        await connection.SendAsync(before).ConfigureAwait(false);
        connection.Reset();
    };

    /// <summary>Reads one request, sends these bytes (none for an empty text) and then nothing more until the other side ends.</summary>
    public static Func<AppConnection, Task> Stall(string before = "") => async connection =>
    {
        await connection.ReadRequestAsync().ConfigureAwait(false);
        await connection.SendAsync(before).ConfigureAwait(false);
        await connection.StallAsync().ConfigureAwait(false);
    };

    /// <summary>Answers 101 to the first request and then sends back every byte until the other side ends.</summary>
    /// <param name="protocol">The value of Upgrade.</param>
    public static Func<AppConnection, Task> UpgradeAndEcho(string protocol) => async connection =>
    {
        await connection.ReadRequestAsync().ConfigureAwait(false);
        await connection.SendAsync($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n\r\n").ConfigureAwait(false);
        byte[] bytes;
        while ((bytes = await connection.ReadSomeAsync().ConfigureAwait(false)).Length > 0)
            await connection.SendAsync(bytes).ConfigureAwait(false);
    };

    /// <summary>A different script for each connection in the order of their first byte; the last one for all that follow.</summary>
    public static Func<AppConnection, Task> ByConnection(params Func<AppConnection, Task>[] scripts)
    {
        int next = -1;
        return connection => scripts[Math.Min(Interlocked.Increment(ref next), scripts.Length - 1)](connection);
    }
}
