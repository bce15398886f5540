namespace Portok.EndToEnd.Tests.Clients;

/// <summary>Runs the clients of tests/apps/node: undici and ws.</summary>
internal static class NodeClients
{
    /// <summary>undici's checks all pass against the port.</summary>
    public static async Task UndiciIsContentAsync(int port, string version)
    {
        ForeignApp.RequireNodeModules();
        ProcessResult result = await ProcessRunner.RunAsync("node", [Script("client-undici.mjs"), $"http://127.0.0.1:{port}", version]);
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldBe("ok\n");
    }

    /// <summary>ws's checks all pass against the port, and it closes with 1000.</summary>
    public static async Task WsIsContentAsync(int port)
    {
        foreach (string mode in new[] { "close", "deflate" })
        {
            await using RunningProcess client = StartWs(port, mode);
            (await client.WaitForExitAsync(Patience.Long)).ShouldBe(0, client.Transcript);
            client.Output.ShouldBe("open\nclosed 1000\n");
        }
    }

    /// <summary>Starts ws as a client; with mode "wait" it goes on until it is closed. It prints "open" once its checks have passed.</summary>
    public static RunningProcess StartWs(int port, string mode)
    {
        ForeignApp.RequireNodeModules();
        return RunningProcess.Start("node", [Script("client-ws.mjs"), $"ws://127.0.0.1:{port}/ws", mode]);
    }

    private static string Script(string name) => RepositoryRoot.Combine("tests", "apps", "node", name);
}
