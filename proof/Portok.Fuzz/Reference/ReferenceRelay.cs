namespace Portok.Fuzz.Reference;

/// <summary>What must become of a request's fields on their way to the app (RFC 9110 7.6.1), told slowly.</summary>
internal static class ReferenceRelay
{
    /// <summary>Never dropped, whatever Connection names: what the next hop frames, routes or trusts by.</summary>
    private static readonly HashSet<string> Protected = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Expect", "Trailer", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
        "X-Forwarded-Port", "Via", "Cookie", "Forwarded", "X-Real-IP", "Set-Cookie", "Content-Type", "Authorization", "Cache-Control",
        "Content-Range", "Content-Encoding",
    };

    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info", "TE", "Upgrade",
    };

    /// <summary>Fields of one hop: the known ones, and those that Connection names.</summary>
    internal static bool IsOfOneHop(ReferenceField field, IReadOnlyList<ReferenceField> all)
        => HopByHop.Contains(field.Name)
        || (!Protected.Contains(field.Name) && ReferenceLines.ListHas(all, "Connection", field.Name) && !IsOptionOnly(field.Name));

    internal static List<ReferenceField> ToApp(ReferenceRequest request, string client, bool addForwarded, bool closeUpstream, bool relayUpgrade, bool forAdmin)
    {
        List<ReferenceField> all = request.Fields, result = [];
        bool trailers = !request.IsHttp10 && ReferenceLines.ListHas(all, "TE", "trailers");
        addForwarded &= !forAdmin;
        if (!all.Exists(f => f.Is("Host"))) result.Add(new ReferenceField("Host", request.Authority ?? "127.0.0.1:8080"));
        ReferenceField? firstTe = all.Find(f => f.Is("TE")), lastFor = all.FindLast(f => f.Is("X-Forwarded-For"));
        foreach (ReferenceField field in all)
        {
            if (field.Is("Host")) result.Add(field with { Value = request.Authority ?? field.Value });
            else if (field.Is("Content-Length")) result.Add(field with { Value = $"{request.Length}" });
            else if (field.Is("TE") && trailers && ReferenceEquals(field, firstTe)) result.Add(field with { Value = "trailers" });
            else if (field.Is("Upgrade") && relayUpgrade) result.Add(field);
            else if (field.Is("x-portok-peer") || (field.Is("x-admin-token") && !forAdmin)) continue;
            else if (field.Is("Expect") && request.IsHttp10) continue;
            else if (IsOfOneHop(field, all)) continue;
            else if (field.Is("Max-Forwards") && request.Method is "TRACE" or "OPTIONS" && !forAdmin) result.Add(field with { Value = OneHopLess(field.Value) });
            else if (ReferenceEquals(field, lastFor) && addForwarded) result.Add(field with { Value = field.Value.Length > 0 ? $"{field.Value}, {client}" : client });
            else if (addForwarded && IsRepeatedForward(field, all)) continue;
            else result.Add(field);
        }

        if (addForwarded) AddForwarded(result, request, client);
        if (forAdmin) result.Add(new ReferenceField("x-portok-peer", client));
        string options = string.Join(", ", new[] { closeUpstream && !relayUpgrade ? "close" : "", trailers ? "TE" : "", relayUpgrade ? "Upgrade" : "" }.Where(o => o.Length > 0));
        if (options.Length > 0) result.Add(new ReferenceField("Connection", options));
        return result;
    }

    /// <summary>RFC 9110 7.6.2. A message that may go no further is not written at all, so nothing is promised of it.</summary>
    private static string OneHopLess(string hops)
    {
        long most = ReferenceLines.Length(hops) ?? long.MaxValue;
        return most > 0 ? $"{most - 1}" : hops;
    }

    private static void AddForwarded(List<ReferenceField> result, ReferenceRequest request, string client)
    {
        string? host = request.Authority ?? request.Host;
        bool Lacks(string name) => !request.Fields.Exists(f => f.Is(name));
        if (Lacks("X-Forwarded-For")) result.Add(new ReferenceField("X-Forwarded-For", client));
        if (Lacks("X-Forwarded-Proto")) result.Add(new ReferenceField("X-Forwarded-Proto", "http"));
        if (Lacks("X-Forwarded-Host") && host is not null) result.Add(new ReferenceField("X-Forwarded-Host", host));
        if (!Lacks("X-Forwarded-Port")) return;
        int colon = host is null ? -1 : host.LastIndexOf(':');
        string port = colon >= 0 && !host!.EndsWith(']') ? host[(colon + 1)..] : "";
        string? proto = request.Fields.Find(f => f.Is("X-Forwarded-Proto"))?.Value;
        string standard = string.Equals(proto, "https", StringComparison.OrdinalIgnoreCase) ? "443" : "80";
        result.Add(new ReferenceField("X-Forwarded-Port", port.Length > 0 ? port : standard));
    }

    private static bool IsRepeatedForward(ReferenceField field, List<ReferenceField> all)
        => (field.Is("X-Forwarded-Proto") || field.Is("X-Forwarded-Host") || field.Is("X-Forwarded-Port")) && !ReferenceEquals(all.Find(f => f.Is(field.Name)), field);

    // "close", "keep-alive" and "upgrade" in Connection are options; a field called "close" is not meant.
    private static bool IsOptionOnly(string name) => name.Equals("close", StringComparison.OrdinalIgnoreCase);
}
