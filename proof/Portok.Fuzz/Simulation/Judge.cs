using Portok.Fuzz.Reference;
using Portok.Fuzz.Targets;

namespace Portok.Fuzz.Simulation;

/// <summary>Looks at the bytes on both sides as they are when it is made, before both sides go away: who asked what, who was told what, and whether it fits.</summary>
internal sealed class Judge(IReadOnlyList<SimulatedSocket> clients, IReadOnlyList<(SimulatedSocket Socket, bool IsAdmin)> upstreams)
{
    private readonly List<RequestStream> _asked = [.. clients.Select(c => RequestStream.Read([.. c.FromPeer]))];
    private readonly List<AppSide> _apps = [.. upstreams.Select(u => new AppSide(u.Socket, u.IsAdmin))];

    // Looked at before the clients go away: a close that follows from that is not the end of an answer.
    private readonly List<(byte[] Bytes, bool Ended)> _told =
        [.. clients.Select(c => (c.ToPeer.ToArray(), c is { Shut: true, ClosedByReset: false } or { Closed: true, ClosedByReset: false }))];

    public void Decide()
    {
        foreach (AppSide app in _apps) CheckRequests(app);
        CheckOnce();
        for (int i = 0; i < clients.Count; i++) CheckAnswers(i);
    }

    private static bool AsksUpgrade(ReferenceRequest request)
        => !request.IsHttp10 && request.Fields.Values("Upgrade").Count > 0
        && request.Fields.Values("Connection").Elements().Contains("upgrade", StringComparer.OrdinalIgnoreCase);

    /// <summary>The app is sent well-formed requests only, each a client's own, whole or its beginning.</summary>
    private void CheckRequests(AppSide app)
    {
        BrokenPromiseException.Unless(app.IsTunnel || !app.Stream.IsBroken, "the app was sent what is no request");
        for (int k = 0; k < app.Stream.Requests.Count; k++)
        {
            StreamedRequest request = app.Stream.Requests[k];
            int owner = app.OwnerOf(request);
            BrokenPromiseException.Unless(owner >= 0 && owner < clients.Count, $"a request of nobody: client {owner}");
            bool known = _asked[owner].Requests.Any(own => own.Head.Method == request.Head.Method && own.Head.OriginTarget == request.Head.Target
                && (request.IsComplete ? own.IsComplete && own.Body.AsSpan().SequenceEqual(request.Body) : own.Body.AsSpan().StartsWith(request.Body)));
            BrokenPromiseException.Unless(known, "the app was sent a request that its client did not send");
        }
    }

    /// <summary>What must not be done twice is begun once at most; what may be repeated, twice at most.</summary>
    private void CheckOnce()
    {
        for (int i = 0; i < clients.Count; i++)
        {
            var begun = _apps.SelectMany(a => a.Stream.Requests.Where(r => a.OwnerOf(r) == i)).GroupBy(r => (r.Head.Method, r.Head.Target, r.Head.IsIdempotent));
            foreach (var group in begun)
            {
                int sent = _asked[i].Requests.Count(r => r.Head.Method == group.Key.Method && r.Head.OriginTarget == group.Key.Target);
                BrokenPromiseException.Unless(group.Count() <= (group.Key.IsIdempotent ? 2 * sent : sent), $"{group.Key.Method} was sent {sent} times and begun {group.Count()} times");
            }
        }
    }

    /// <summary>One answer for each request, in order, nothing behind a close; the app's words, and whole only where the app's were.</summary>
    private void CheckAnswers(int client)
    {
        RequestStream asked = _asked[client];
        (string, bool)[] methods = [.. asked.Requests.Select(r => (r.Head.Method, AsksUpgrade(r.Head)))];
        ResponseStream told = ResponseStream.Read(_told[client].Bytes, methods, _told[client].Ended);
        BrokenPromiseException.Unless(!told.IsBroken, "the client was sent what is no response");
        BrokenPromiseException.Unless(told.Responses.Count <= asked.Requests.Count + 1, $"{told.Responses.Count} answers to {asked.Requests.Count} requests");
        for (int k = 0; k < told.Responses.Count; k++)
        {
            StreamedResponse response = told.Responses[k];
            bool last = k == told.Responses.Count - 1;
            BrokenPromiseException.Unless(last || !response.ClosesConnection, "an answer behind a close");
            BrokenPromiseException.Unless(k < asked.Requests.Count || (response.IsOfPortok && response.ClosesConnection && response.Head.Status is >= 400 and < 600), "an answer that nobody asked for");
            if (!response.IsOfPortok) CheckSource(client, response);
        }
    }

    private void CheckSource(int client, StreamedResponse response)
    {
        bool found = _apps.Where(a => a.Stream.Requests.Any(r => a.OwnerOf(r) == client)).SelectMany(a => a.Answers.Responses).Any(own =>
            own.Head.Status == response.Head.Status
            && (response.IsComplete && response.Head.Framing != ReferenceFraming.None
                ? own.IsComplete && own.Body.AsSpan().SequenceEqual(response.Body)
                : own.Body.AsSpan().StartsWith(response.Body)));
        BrokenPromiseException.Unless(found, $"the client was told what no app said, or as whole what was not ({response.Head.Status}, {response.Body.Length} bytes, whole: {response.IsComplete})");
    }

    /// <summary>One connection to the app, or to the admin API.</summary>
    private sealed class AppSide
    {
        private readonly bool _isAdmin;

        public AppSide(SimulatedSocket socket, bool isAdmin)
        {
            _isAdmin = isAdmin;
            Stream = RequestStream.Read([.. socket.ToPeer]);
            (string, bool)[] methods = [.. Stream.Requests.Select(r => (r.Head.Method, AsksUpgrade(r.Head)))];
            Answers = ResponseStream.Read([.. socket.FromPeer], methods, ended: socket.PeerFin);
            IsTunnel = Answers.Responses.Any(r => r.Head.Status == 101);
        }

        public RequestStream Stream { get; }

        public ResponseStream Answers { get; }

        public bool IsTunnel { get; }

        /// <summary>Whose request it is, as Portok tells the app: the last address of X-Forwarded-For; −1 when it does not say.</summary>
        public int OwnerOf(StreamedRequest request)
        {
            IReadOnlyList<string> values = request.Head.Fields.Values(_isAdmin ? "x-portok-peer" : "X-Forwarded-For");
            BrokenPromiseException.Unless(!_isAdmin || values.Count == 1, $"the admin API was told {values.Count} peers");
            string address = values.Count == 0 ? "" : values[^1].Split(',')[^1].Trim();
            return address.StartsWith("10.0.0.", StringComparison.Ordinal) && int.TryParse(address["10.0.0.".Length..], out int number) ? number - 1 : -1;
        }
    }
}
