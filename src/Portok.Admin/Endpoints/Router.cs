using Portok.Admin.Contract;
using Portok.Admin.Serving;

namespace Portok.Admin.Endpoints;

/// <summary>Finds the endpoint by the exact path, then checks the method.</summary>
internal sealed class Router(StatusEndpoint status, MetricsEndpoint metrics, SwitchEndpoint switching, HealthEndpoint health)
{
    private const string Get = "GET";
    private const string Head = "HEAD";
    private const string Post = "POST";

    /// <param name="request">A request that the guard let pass.</param>
    /// <param name="caller">Who asks, for the log.</param>
    /// <param name="settings">The settings that hold for this request.</param>
    public Task<AdminReply> AnswerAsync(AdminRequest request, string caller, AdminSettings settings)
    {
        bool reads = request.Method is Get or Head;
        return request.Path switch
        {
            AdminPaths.Status => Task.FromResult(reads ? status.Answer(settings) : WrongMethod(request)),
            AdminPaths.Metrics => Task.FromResult(reads ? metrics.Answer(settings) : WrongMethod(request)),
            AdminPaths.Health => reads ? health.AnswerAsync(settings, request.Aborted) : Task.FromResult(WrongMethod(request)),
            AdminPaths.Switch => request.Method is Post
                ? switching.AnswerAsync(settings, request.Query, caller, request.Aborted)
                : Task.FromResult(WrongMethod(request)),
            _ => Task.FromResult(Replies.Error(404, "Not found", $"Here are {AdminPaths.Status}, {AdminPaths.Metrics}, {AdminPaths.Switch} and {AdminPaths.Health}.")),
        };
    }

    /// <summary>The path for the log: one of the constants, or "an unknown path".</summary>
    public static string NameOf(string path) => path switch
    {
        AdminPaths.Status => AdminPaths.Status,
        AdminPaths.Metrics => AdminPaths.Metrics,
        AdminPaths.Health => AdminPaths.Health,
        AdminPaths.Switch => AdminPaths.Switch,
        _ => "an unknown path",
    };

    // HEAD is allowed wherever GET is (RFC 9110, section 9.1).
    private static AdminReply WrongMethod(AdminRequest request)
    {
        string allow = request.Path is AdminPaths.Switch ? Post : $"{Get}, {Head}";
        return Replies.Error(405, "Method not allowed", $"{request.Path} takes {allow}.") with { Allow = allow };
    }
}
