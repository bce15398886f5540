using Microsoft.AspNetCore.Http;

namespace Portok.Admin.Serving;

/// <summary>What the guard and the endpoints see of a request.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Path">The target up to "?", byte for byte as sent: /%5f%5fstatus is not /__status.</param>
/// <param name="Query">What follows "?", not decoded.</param>
internal sealed record AdminRequest(string Method, string Path, string Query, IHeaderDictionary Headers, CancellationToken Aborted)
{
    public static AdminRequest Create(string method, string target, IHeaderDictionary headers, CancellationToken aborted)
    {
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0
            ? new AdminRequest(method, target, "", headers, aborted)
            : new AdminRequest(method, target[..mark], target[(mark + 1)..], headers, aborted);
    }
}
