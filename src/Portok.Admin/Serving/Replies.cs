using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portok.Admin.Contract;

namespace Portok.Admin.Serving;

/// <summary>Makes answers from the contract's records.</summary>
internal static class Replies
{
    private const string BearerChallenge = "Bearer realm=\"portok\"";

    public static AdminReply Json<T>(int status, T answer, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(answer, type));

    public static AdminReply Error(int status, ErrorAnswer answer) => Json(status, answer, AdminJson.Default.ErrorAnswer);

    /// <param name="status">400–599.</param>
    /// <param name="error">What is wrong, the same words from case to case.</param>
    /// <param name="message">What happened here and what to do.</param>
    public static AdminReply Error(int status, string error, string message) =>
        Error(status, new ErrorAnswer { Error = error, Message = message });

    public static AdminReply TokenMissing() =>
        Error(401, "Unauthorized", $"The admin token is missing. Send ADMIN_TOKEN as {AdminHeaders.Token} or as Authorization: Bearer.")
            with
        { Challenge = BearerChallenge };

    public static AdminReply TokenWrong() =>
        Error(401, "Unauthorized", "The admin token is wrong. Send ADMIN_TOKEN, once.")
            with
        { Challenge = BearerChallenge + ", error=\"invalid_token\"" };
}
