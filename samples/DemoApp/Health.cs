namespace DemoApp;

/// <summary>GET /health, and the switch that spoils it: POST /demo/unhealthy, POST /demo/healthy.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        HealthState state = new();
        app.MapGet("/health", () => state.IsHealthy ? Results.Text("ok") : Results.Text("told to be unhealthy", statusCode: 500));
        app.MapPost("/demo/unhealthy", () =>
        {
            state.IsHealthy = false;
            return Results.Text("unhealthy from now on");
        });
        app.MapPost("/demo/healthy", () =>
        {
            state.IsHealthy = true;
            return Results.Text("healthy again");
        });
    }

    private sealed class HealthState
    {
        private volatile bool _healthy = true;

        public bool IsHealthy
        {
            get => _healthy;
            set => _healthy = value;
        }
    }
}
