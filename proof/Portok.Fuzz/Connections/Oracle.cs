using System.Text;
using Portok.Engine.Traffic;
using Portok.Fuzz.Reference;

namespace Portok.Fuzz.Connections;

/// <summary>What must hold of a world once everybody has ended: what each side saw, and what the engine still holds.</summary>
internal static class Oracle
{
    private static readonly HashSet<string> Idempotent = new(StringComparer.Ordinal) { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" };

    /// <summary>The first request on a connection to the app that has no final response yet; null when there is none.</summary>
    internal static StreamRequest? Unanswered(SimulatedSocket app)
    {
        RequestStream asked = World.Relayed(app);
        ResponseStream answered = ResponseStream.Read(app.Sent, asked.Requests, ended: false);
        return answered.Responses.Count < asked.Requests.Count && !answered.Tunnel ? asked.Requests[answered.Responses.Count] : null;
    }

    /// <summary>The app's side: well-formed requests, one at a time, none mixed, none carried out twice.</summary>
    internal static void JudgeApps(World world)
    {
        var attempts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (SimulatedSocket app in world.Kernel.Apps)
        {
            RequestStream relayed = World.Relayed(app);
            ResponseStream answers = ResponseStream.Read(app.Sent, relayed.Requests, app.PeerFin);
            bool tunnel = answers.Tunnel;
            InvariantViolation.Unless(tunnel || relayed.Tail != ReferenceRequest.Outcome.Refused,
                $"{app.Name} is sent what is no request: '{EscapedBytes.Write(app.Taken[relayed.Rest..])}'");
            int finals = answers.Responses.Count(r => r.Complete);
            InvariantViolation.Unless(tunnel || relayed.Requests.Count <= finals + 1, $"{app.Name} is sent a request before the answer to the one before it was whole");
            foreach (StreamRequest request in relayed.Requests.Where(r => r.Tag.Length > 0))
            {
                attempts[request.Tag] = attempts.GetValueOrDefault(request.Tag) + 1;
                int most = Idempotent.Contains(request.Method) ? 2 : 1;
                InvariantViolation.Unless(attempts[request.Tag] <= most, $"a {request.Method} is begun {attempts[request.Tag]} times");
                IReadOnlySet<int> owners = RequestStream.Owners(request.Head.Target + request.Body + string.Concat(request.Head.Fields.Select(f => f.Value)));
                InvariantViolation.Unless(owners.Count <= 1, "a request holds bytes of two clients");
            }

            string all = Encoding.Latin1.GetString(app.Taken);
            if (tunnel) InvariantViolation.Unless(RequestStream.Owners(all[relayed.Rest..]).Count <= 1, "a tunnel holds bytes of two clients");
        }
    }

    /// <summary>One client's side: what it was answered is what the app said to it, whole or visibly not.</summary>
    internal static void JudgeClient(World world, SimulatedSocket client, bool ended)
    {
        RequestStream asked = World.Asked(client);
        bool finished = ended && !client.EngineReset && !client.Dead && (client.EngineFin || client.EngineClosed);
        ResponseStream answers = ResponseStream.Read(client.Taken, asked.Requests, finished);
        InvariantViolation.Unless(answers.Fault is null, $"{client.Name} is sent what is no response: {answers.Fault}");

        int number = world.Kernel.Clients.IndexOf(client);
        IReadOnlySet<int> owners = RequestStream.Owners(Encoding.Latin1.GetString(client.Taken));
        InvariantViolation.Unless(owners.All(o => o == number), $"{client.Name} is sent bytes of another client");

        int most = asked.Requests.Count + (asked.Tail == ReferenceRequest.Outcome.Valid || asked.Requests is [.., { Complete: false }] ? 0 : 1) + (world.Kernel.Unserved.Contains(client) ? 1 : 0);
        InvariantViolation.Unless(answers.Responses.Count <= most, $"{client.Name} is sent {answers.Responses.Count} responses to {asked.Requests.Count} requests");

        for (int i = 0; i < answers.Responses.Count; i++)
        {
            StreamResponse response = answers.Responses[i];
            bool last = i == answers.Responses.Count - 1;
            InvariantViolation.Unless(last || !response.Head.SaysClose, $"{client.Name} is sent more behind a response that said close");
            if (i < asked.Requests.Count) JudgeResponse(world, asked.Requests[i], response);
        }

        bool saidClose = answers.Responses.Count > 0 && answers.Responses[^1].Head.SaysClose && answers.Responses[^1].Complete;
        InvariantViolation.Unless(!saidClose || answers.Rest.Length == 0, $"{client.Name} is sent more behind a response that said close");
    }

    /// <summary>A response that looks whole is one that the app gave whole, byte for byte, to this very request.</summary>
    private static void JudgeResponse(World world, StreamRequest request, StreamResponse response)
    {
        if (response.Head.IsPortoksOwn || !response.Complete || response.Head.Status == 101) return;
        // TRACE and OPTIONS that may go no further are answered by Portok, and that is no error (RFC 9110 7.6.2).
        if (request.Head.Fields.Exists(f => f.Is("Max-Forwards"))) return;
        foreach (SimulatedSocket app in world.Kernel.Apps)
        {
            RequestStream relayed = World.Relayed(app);
            ResponseStream answers = ResponseStream.Read(app.Sent, relayed.Requests, app.PeerFin);
            for (int i = 0; i < Math.Min(answers.Responses.Count, relayed.Requests.Count); i++)
            {
                StreamResponse said = answers.Responses[i];
                if (relayed.Requests[i].Tag == request.Tag && IsSame(said, response)) return;
            }

            // It may have answered what it had not read to the end of its head.
            if (!IsBeginningOf(request, app.Taken[relayed.Rest..])) continue;
            answers = ResponseStream.Read(app.Sent, [.. relayed.Requests, request], app.PeerFin);
            if (answers.Responses.Count > relayed.Requests.Count && IsSame(answers.Responses[relayed.Requests.Count], response)) return;
        }

        throw new InvariantViolation($"a client is sent a whole response that the app never gave to its request: {response.Head.Status}");
    }

    private static bool IsSame(StreamResponse said, StreamResponse response)
        => said.Complete && said.Head.Status == response.Head.Status && said.Body == response.Body;

    /// <summary>Whether these bytes, at least one, are how the request begins on its way to the app.</summary>
    private static bool IsBeginningOf(StreamRequest request, ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes), line = $"{request.Method} {request.Head.Origin} HTTP/1.1\r\n";
        return text.Length > 0 && (text.StartsWith(line, StringComparison.Ordinal) || line.StartsWith(text, StringComparison.Ordinal));
    }

    /// <summary>After everybody has been helpful: whoever still listens has an answer to all it asked, or was told why not.</summary>
    internal static void JudgeNothingOwed(World world)
    {
        foreach (SimulatedSocket client in world.Kernel.Clients)
        {
            if (client.Dead || client.PeerGone || world.Kernel.Unserved.Contains(client) || world.Disturbed) continue;
            RequestStream asked = World.Asked(client);
            ResponseStream answers = ResponseStream.Read(client.Taken, asked.Requests, client.EngineFin || client.EngineClosed);
            bool gone = client.EngineClosed || client.EngineFin;
            bool cut = gone && (answers.Rest.Length > 0 || answers.Responses is [.., { Complete: false }]);
            bool close = answers.Responses is [.., { Head.SaysClose: true }] || answers.Responses.Any(r => !KeepsAlive(r));
            if (answers.Tunnel || cut || close || (gone && IsExcused(world, asked, answers.Responses.Count))) continue;
            int owed = asked.Requests.Count(r => r.Complete) + (asked.Tail == ReferenceRequest.Outcome.Refused ? 1 : 0);
            int has = answers.Responses.Count(r => r.Complete);
            InvariantViolation.Unless(has >= owed,
                $"{client.Name} has {has} responses to {owed} requests although everybody did their part ({(gone ? "closed" : "open")})");
        }
    }

    /// <summary>A connection may end behind an early answer, and in the middle of one that broke off, also before a byte of it had room.</summary>
    private static bool IsExcused(World world, RequestStream asked, int answered)
        => (answered > 0 && WasAnsweredEarly(world, asked, answered - 1)) || (answered < asked.Requests.Count && BrokeOff(world, asked.Requests[answered]));

    private static bool BrokeOff(World world, StreamRequest request)
    {
        foreach (SimulatedSocket app in world.Kernel.Apps)
        {
            RequestStream relayed = World.Relayed(app);
            int index = relayed.Requests.ToList().FindIndex(r => r.Tag == request.Tag);
            List<StreamRequest> all = [.. relayed.Requests];
            if (index < 0 && IsBeginningOf(request, app.Taken[relayed.Rest..]))
            {
                index = all.Count;
                all.Add(request);
            }

            ResponseStream answers = ResponseStream.Read(app.Sent, all, app.PeerFin && !app.Dead);
            if (index >= 0 && answers.Responses.Count > index && !answers.Responses[index].Complete) return true;
        }

        return false;
    }

    /// <summary>Its answer came before the app had all of it: what the client still sends is dropped, and the connection ends.</summary>
    private static bool WasAnsweredEarly(World world, RequestStream asked, int index)
    {
        if (index >= asked.Requests.Count) return false;
        foreach (SimulatedSocket app in world.Kernel.Apps)
        {
            RequestStream relayed = World.Relayed(app);
            if (relayed.Requests.Any(r => r.Tag == asked.Requests[index].Tag && !r.Complete)) return true;
            if (app.Sent.Length > 0 && IsBeginningOf(asked.Requests[index], app.Taken[relayed.Rest..])) return true;
        }

        return false;
    }

    // A close-delimited answer to an HTTP/1.0 client says close as well; this is for those that do not have to.
    private static bool KeepsAlive(StreamResponse response) => response.Head.Framing != ReferenceFraming.UntilClose;

    /// <summary>The bytes of clients are counted as they are read; what is dropped behind a refusal is not.</summary>
    internal static void JudgeCounts(World world)
    {
        ReactorCounters counters = world.Reactor.Counters;
        long read = world.Kernel.Clients.Sum(c => (long)c.EngineRead), sent = world.Kernel.Clients.Sum(c => (long)c.Taken.Length);
        InvariantViolation.Unless(counters.BytesFromClients <= read, $"{counters.BytesFromClients} bytes from clients are counted, {read} were read");
        bool dropped = world.Kernel.Clients.Any(c => c.EngineFin) || world.Kernel.Unserved.Count > 0;
        bool lost = world.Kernel.Clients.Any(c => c.Dead || c.PeerGone || c.EngineReset);
        if (!dropped && !lost) InvariantViolation.UnlessEqual(read, counters.BytesFromClients, "bytes from clients");
        if (!dropped && !lost) InvariantViolation.UnlessEqual(sent, counters.BytesToClients, "bytes to clients");
    }

    /// <summary>Nothing is held any more.</summary>
    internal static void JudgeHoldsNothing(World world)
    {
        ReactorCounters counters = world.Reactor.Counters;
        InvariantViolation.UnlessEqual(0, world.Kernel.OpenCount, "descriptors left open");
        InvariantViolation.UnlessEqual(0, world.Reactor.Buffers.Rented, "buffers not given back");
        InvariantViolation.UnlessEqual(0, world.Reactor.Timers.Count, "timers left");
        InvariantViolation.UnlessEqual(0, world.Reactor.Connections.Count, "connections in the table");
        InvariantViolation.UnlessEqual(0L, counters.Inflight, "requests counted as in flight");
        InvariantViolation.UnlessEqual(0L, counters.TunnelsOpen, "tunnels counted as open");
        InvariantViolation.UnlessEqual(0L, counters.ClientOpen, "clients counted as open");
        InvariantViolation.UnlessEqual(0L, counters.UpstreamOpen, "connections to the app counted as open");
        InvariantViolation.UnlessEqual(0L, counters.UpstreamIdle, "connections to the app counted as idle");
        foreach (Target target in world.Shared.Switchboard.Known())
        {
            InvariantViolation.UnlessEqual((0, 0), (target.Inflight, target.Tunnels), "work counted on a target");
            if (world.MaxConnections > 2) continue;
            // Every permit is there to be taken, and not one more.
            var nobody = new Engine.Upstreams.ConnectionPermits.Waiter(world.Reactor, 0);
            for (int i = 0; i < world.MaxConnections; i++)
                InvariantViolation.Unless(target.Permits.TakeOrWait(nobody), "a permit was not given back");
            InvariantViolation.Unless(!target.Permits.TakeOrWait(nobody), "a permit was given back twice");
        }
    }
}
