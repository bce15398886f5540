using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portok.Cli.Connection;

/// <summary>What the admin API answered.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Json">The body: one JSON object, as it came.</param>
/// <param name="RetryAfter">When a rate limit lets the next request in; null: not said.</param>
internal sealed record AdminAnswer(int Status, byte[] Json, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>The body as a record; null when it is JSON of another shape.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
