namespace Portok.Cli.Tests.Support;

/// <summary>The admin API's answers as a daemon writes them, at a moment that <see cref="FixedTime"/> is 12 s after.</summary>
internal static class Answers
{
    public const string Status = """{"activePort":8081,"drainUntil":"2024-01-15T10:30:30.000Z","lastSwitch":{"from":8080,"to":8081,"at":"2024-01-15T10:30:00.000Z","reason":"manual","id":"5f0c"},"instance":"api","version":"2.0.0","uptimeSeconds":273720,"rollback":{"armedUntil":"2024-01-15T10:31:00.000Z","failures":1,"previousPort":8080},"drain":{"port":8080,"inflight":3,"tunnels":1,"until":"2024-01-15T10:30:30.000Z"},"drains":[{"port":8080,"inflight":3,"tunnels":1,"until":"2024-01-15T10:30:30.000Z"}],"futureKey":{"a":[1]}}""";

    public const string QuietStatus = """{"activePort":8080,"drainUntil":null,"lastSwitch":null,"instance":"default","version":"2.0.0","uptimeSeconds":5,"rollback":{"armedUntil":null,"failures":0,"previousPort":null},"drain":null,"drains":[]}""";

    public const string Metrics = """{"startedAt":"2024-01-15T07:30:00.000Z","inflight":12,"inflightMax":64,"totalRequests":1234567,"totalProxyErrors":5,"statusCounters":{"1xx":0,"2xx":1234000,"3xx":12,"4xx":550,"5xx":5},"rollingRps60":123.45,"health":{"activePortOk":true,"lastCheckedAt":"2024-01-15T10:30:10.000Z","consecutiveFails":0},"lastProxyError":{"at":"2024-01-15T10:25:00.000Z","kind":"connection_refused","message":"nothing listens on 8081","port":8081},"upstreamSocketsCreated":77,"latency":{"p50":0.42,"p90":1.1,"p95":2.5,"p99":12.4,"max":1250.5},"bytes":{"fromClients":512,"toClients":12897484},"connections":{"clientsOpen":64,"clientsAccepted":128,"upstreamOpen":12,"upstreamIdle":10},"tunnels":{"open":5,"total":17},"cut":{"requests":0,"tunnels":1},"targets":[{"port":8081,"active":true,"requests":1000000,"inflight":9,"tunnels":5,"errors":0},{"port":8080,"active":false,"requests":234567,"inflight":3,"tunnels":0,"errors":5}]}""";

    public const string Switched = """{"success":true,"message":"Switched to port 8081","switch":{"from":8080,"to":8081,"at":"2024-01-15T10:30:00.000Z","reason":"manual","id":"5f0c"},"probe":{"status":200,"elapsedMs":3.14,"failure":null,"bodyStart":"ok"}}""";

    public const string AlreadyActive = """{"success":true,"message":"Port 8081 is already active","switch":null,"probe":{"status":200,"elapsedMs":3.14,"failure":null,"bodyStart":"ok"}}""";

    public const string ProbeFailed = """{"error":"Health check failed","message":"Port 8081 did not respond with 2xx at /health","probe":{"status":503,"elapsedMs":12.7,"failure":"status","bodyStart":"database\nis away"}}""";

    public const string Healthy = """{"healthy":true,"port":8080,"checkedAt":"2024-01-15T10:30:00.000Z","probe":{"status":200,"elapsedMs":0.5,"failure":null,"bodyStart":"ok"}}""";

    public const string Unhealthy = """{"healthy":false,"port":8080,"checkedAt":"2024-01-15T10:30:00.000Z","probe":{"status":null,"elapsedMs":5000.2,"failure":"timeout","bodyStart":null},"error":"Health check failed","message":"Port 8080 did not respond with 2xx at /health"}""";

    public const string Unauthorized = """{"error":"Unauthorized","message":"Send the admin token"}""";
}
