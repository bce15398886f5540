using System.Text.Json;
using Portok.Admin.Contract;

namespace Portok.Admin.Tests.Support;

/// <summary>An answer as the client got it.</summary>
internal sealed record Reply(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public ErrorAnswer Error => JsonSerializer.Deserialize(Body, AdminJson.Default.ErrorAnswer)!;

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }

    /// <summary>The form of every error: status, JSON, not to be stored, both keys filled.</summary>
    public void ShouldBeError(int status, string error)
    {
        Status.ShouldBe(status, Body);
        Headers["Content-Type"].ShouldBe("application/json");
        Headers["Cache-Control"].ShouldBe("no-store");
        Error.Error.ShouldBe(error);
        Error.Message.ShouldNotBeNullOrWhiteSpace();
    }
}
