using System.Globalization;

namespace Portok.Differential.Judges;

/// <summary>curl.</summary>
internal sealed class CurlClient : IClientJudge
{
    public string Name => "curl as client";

    public async Task<(ClientReading First, ClientReading Next)> AskAsync(int port, string method)
    {
        using var folder = new TempFolder();
        string first = folder.Combine("first"), next = folder.Combine("next");
        string[] how = method == "HEAD" ? ["--head"] : method == "POST" ? ["--data", "abc"] : [];
        const string Tell = "%{http_code} %{exitcode}\n";
        ProcessResult result = await ProcessRunner.RunAsync("curl",
        [
            "--silent", "--http1.1", "--max-time", "5", .. how, "--output", first, "--write-out", Tell, $"http://127.0.0.1:{port}/",
            "--next", "--silent", "--http1.1", "--max-time", "5", "--output", next, "--write-out", Tell, $"http://127.0.0.1:{port}/next",
        ], new Dictionary<string, string?> { ["http_proxy"] = null, ["HTTP_PROXY"] = null });
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // With --head the file is the head.
        return (Reading(lines, 0, method == "HEAD" ? "" : first), Reading(lines, 1, next));
    }

    private static ClientReading Reading(string[] lines, int at, string file)
    {
        if (at >= lines.Length) return new(0, 0, "", "no answer");
        string[] words = lines[at].Split(' ');
        byte[] body = File.Exists(file) ? File.ReadAllBytes(file) : [];
        return new(int.Parse(words[0], CultureInfo.InvariantCulture), body.Length, ReadMessage.Hash(body), words[1] == "0" ? null : $"exit code {words[1]}");
    }
}
