using Portok.Fuzz.Reference;

namespace Portok.Fuzz.Targets;

/// <summary>What may become of fields on their way: names, values and order stay, but for what belongs to one hop (RFC 9110 7.6.1).</summary>
internal static class FieldPromises
{
    private static readonly string[] OfOneHop =
        ["Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info", "TE", "Upgrade"];

    private static readonly string[] OfPortok = ["x-admin-token", "x-portok-peer"];

    private static readonly string[] Forwarded = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port"];

    public static void OfRequest(ReferenceRequest before, ReferenceRequest after, bool forwarded, bool upgrade)
    {
        Unnamed(before.Fields, after.Fields, "Connection: close", after.Fields.Values("Connection").Elements(), upgrade ? ["Upgrade", "TE"] : ["TE"]);
        BrokenPromiseException.Unless(after.Fields.Values("TE").All(v => v == "trailers"), "TE says more than trailers");
        BrokenPromiseException.Unless(upgrade || after.Fields.Values("Upgrade").Count == 0, "an Upgrade that is not relayed");
        foreach (string name in OfPortok) BrokenPromiseException.Unless(after.Fields.Values(name).Count == 0, $"{name} reaches the app");
        BrokenPromiseException.Unless(after.Fields.Values("Host").Count == 1, "not one Host");
        if (forwarded) ForwardedFields(before, after);

        string[] special = [.. OfOneHop, .. OfPortok, "Host", "Content-Length", "Transfer-Encoding", "Expect", .. forwarded ? Forwarded : []];
        Same(before.Fields, after.Fields, special);
    }

    public static void OfResponse(ReferenceResponse before, ReferenceResponse after)
    {
        Unnamed(before.Fields, after.Fields, "Connection", after.Fields.Values("Connection").Elements(), ["close", "keep-alive", "Upgrade"]);
        BrokenPromiseException.Unless(before.Reason == after.Reason, "the reason has changed");
        Same(before.Fields, after.Fields, [.. OfOneHop, "Content-Length", "Transfer-Encoding", "Trailer"]);
    }

    private static void ForwardedFields(ReferenceRequest before, ReferenceRequest after)
    {
        IReadOnlyList<string> addresses = after.Fields.Values("X-Forwarded-For");
        BrokenPromiseException.Unless(addresses.Count > 0 && addresses[^1].Split(',')[^1].Trim() == "192.0.2.7", "X-Forwarded-For does not end with the client's address");
        foreach (string name in Forwarded.Skip(1))
        {
            IReadOnlyList<string> values = after.Fields.Values(name);
            bool hostless = name == "X-Forwarded-Host" && before.IsHttp10 && before.Fields.Values("Host").Count == 0;
            BrokenPromiseException.Unless(values.Count == 1 || (hostless && values.Count == 0) , $"{values.Count} × {name}");
            IReadOnlyList<string> first = before.Fields.Values(name);
            BrokenPromiseException.Unless(first.Count == 0 || values[0] == first[0], $"the first {name} was not kept");
        }
    }

    /// <summary>Connection names only what is ours, and nothing that it named before is left unless it is protected.</summary>
    private static void Unnamed(
        IReadOnlyList<ReferenceField> before, IReadOnlyList<ReferenceField> after, string what, IReadOnlyList<string> options, string[] allowed)
    {
        BrokenPromiseException.Unless(options.All(o => allowed.Contains(o, StringComparer.OrdinalIgnoreCase)), $"{what}: {string.Join(',', options)}");
        BrokenPromiseException.Unless(after.Values("Keep-Alive").Count + after.Values("Proxy-Connection").Count == 0, "a field of one hop goes on");
        IReadOnlyList<string> named = before.Values("Connection").Elements();
        foreach (string name in named.Where(n => n.StartsWith("X-A", StringComparison.OrdinalIgnoreCase)))
            BrokenPromiseException.Unless(after.Values(name).Count == 0, $"{name} goes on although Connection names it");
    }

    private static void Same(IReadOnlyList<ReferenceField> before, IReadOnlyList<ReferenceField> after, string[] special)
    {
        HashSet<string> named = new(before.Values("Connection").Elements(), StringComparer.OrdinalIgnoreCase);
        bool Counts(ReferenceField field) => !special.Contains(field.Name, StringComparer.OrdinalIgnoreCase) && !named.Contains(field.Name);
        BrokenPromiseException.Unless(before.Where(Counts).SequenceEqual(after.Where(Counts)), "fields have changed");
    }
}
