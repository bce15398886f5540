using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Portok.Admin.Guard;

namespace Portok.Admin.Tests.Support;

/// <summary>Makes header dictionaries and allowlists in one line.</summary>
internal static class Headers
{
    public static HeaderDictionary Of(params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach ((string name, string value) in headers)
            dictionary[name] = StringValues.Concat(dictionary[name], value);
        return dictionary;
    }

    public static Allowlist Allow(params string[] ranges) => new(ranges.Select(IPNetwork.Parse));
}
