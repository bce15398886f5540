using Portok.Cli.Tests.Support;

namespace Portok.Cli.Tests.Migration;

/// <summary>
/// A machine as npm portok 1.0.9 leaves it. The package itself was not at hand when this was written: names, variables, endpoints
/// and JSON keys are known, the wording of the unit and of the comments is assumed.
/// </summary>
internal static class NpmFiles
{
    public const string Token = "2f7c0b6f1e0d4b0e9a4d0b8a5f3e6c1d";

    public const string Unit = """
        [Unit]
        Description=Portok zero-downtime proxy (%i)
        After=network.target

        [Service]
        Type=simple
        User=portok
        Group=portok
        EnvironmentFile=/etc/portok/%i.env
        ExecStart=/usr/bin/node /usr/lib/node_modules/portok/portokd.mjs
        Restart=always
        RestartSec=5
        NoNewPrivileges=true
        ProtectSystem=strict
        ProtectHome=true
        PrivateTmp=true
        ReadWritePaths=/var/lib/portok

        [Install]
        WantedBy=multi-user.target

        """;

    public const string State = """
        {
          "activePort": 8082,
          "lastSwitch": {
            "from": 8081,
            "to": 8082,
            "at": "2024-01-15T10:30:00.000Z",
            "reason": "manual",
            "id": "550e8400-e29b-41d4-a716-446655440000"
          }
        }
        """;

    /// <summary>Two instances: api with a state, and web, written by hand with quotes and comments and without INSTANCE_NAME.</summary>
    public static void Install(Sandbox sandbox, int apiPort, int webPort)
    {
        sandbox.File("units/portok@.service", Unit);
        sandbox.File("config/api.env", Api(sandbox, apiPort));
        sandbox.File("config/web.env", $"# the shop\nLISTEN_PORT='{webPort}'\n; old style comment\nINITIAL_TARGET_PORT=\"8091\"\nADMIN_TOKEN=\"{Token}web\"\n  HEALTH_PATH=/healthz\n");
        sandbox.File("state/api.json", State);
        sandbox.File("state/default.json", """{"activePort":8092,"lastSwitch":null}""");
    }

    public static string Api(Sandbox sandbox, int port) =>
        $"# Portok instance: api\nINSTANCE_NAME=api\nLISTEN_PORT={port}\nINITIAL_TARGET_PORT=8081\nSTATE_FILE={sandbox.Combine("state", "api.json")}\nHEALTH_PATH=/health\nHEALTH_TIMEOUT_MS=5000\nDRAIN_MS=30000\nROLLBACK_WINDOW_MS=60000\nROLLBACK_CHECK_EVERY_MS=5000\nROLLBACK_FAIL_THRESHOLD=3\nADMIN_TOKEN={Token}\n";
}
