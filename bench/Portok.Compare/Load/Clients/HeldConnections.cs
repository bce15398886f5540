using System.Globalization;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Load.Clients;

/// <summary>
/// Connections that were used once and then do nothing, or tunnels. They are held by this program in a process of its own:
/// several peers' would not fit into the descriptors of one.
/// </summary>
internal sealed class HeldConnections : IDisposable
{
    private static readonly TimeSpan OpeningLimit = TimeSpan.FromMinutes(2);

    private readonly RunningProcess _holder;

    /// <summary>All are open when this returns.</summary>
    public HeldConnections(int port, int count, bool tunnels)
    {
        _holder = RunningProcess.Start(
            Environment.ProcessPath!,
            [ConnectionHolder.Verb, Text(port), Text(count), tunnels ? "tunnels" : "idle"]);
        long started = Environment.TickCount64;
        while (!_holder.Output.Contains('\n', StringComparison.Ordinal))
        {
            if (_holder.HasExited || Environment.TickCount64 - started > OpeningLimit.TotalMilliseconds)
            {
                string transcript = _holder.Transcript;
                Dispose();
                throw new CompareException($"{count} connections could not be held on port {port}:\n{transcript}");
            }

            Thread.Sleep(10);
        }

        Count = int.Parse(_holder.Output.AsSpan().Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>How many there are: fewer than asked for when a limit was in the way.</summary>
    public int Count { get; }

    public void Dispose() => _holder.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
