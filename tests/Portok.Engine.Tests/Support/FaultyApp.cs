using System.Globalization;
using Portok.Testing;

namespace Portok.Engine.Tests.Support;

/// <summary>An app that answers bystanders and does something bad to everybody else; which bad thing, the target's number says.</summary>
internal static class FaultyApp
{
    /// <summary>Targets below this are answered with themselves.</summary>
    internal const string Steady = "/steady";

    /// <summary>Starts one.</summary>
    /// <param name="fault">Gets the request and its number N of "/fault/N"; the connection is closed at its end.</param>
    internal static ScriptedApp Start(Func<AppConnection, WireMessage, int, Task> fault) => ScriptedApp.Start(
        async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                WireMessage request = await connection.ReadRequestAsync();
                if (!IsSteady(request))
                {
                    await fault(connection, request, Number(request.Target));
                    return;
                }

                await connection.SendAsync(Scripts.Ok(request.Target));
            }
        },
        new ScriptedAppOptions { HealthPath = null });

    internal static bool IsSteady(WireMessage request) => request.Target.StartsWith(Steady, StringComparison.Ordinal);

    internal static int Number(string target) => int.Parse(target.AsSpan(target.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);
}
