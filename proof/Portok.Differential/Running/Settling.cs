using System.Diagnostics;
using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>When an exchange is over: closed, or as answered as it will be, or silent for long.</summary>
internal static class Settling
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(1600);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    /// <summary>Waits until nothing more is to come.</summary>
    /// <param name="client">The client's connection.</param>
    /// <param name="origin">The origin behind.</param>
    /// <param name="isAnswered">Whether the bytes so far hold every answer that is expected.</param>
    /// <param name="patience">How many times as long as usual silence must last.</param>
    public static async Task WaitAsync(RawConnection client, RecordingOrigin origin, Func<byte[], bool> isAnswered, int patience)
    {
        long start = Stopwatch.GetTimestamp();
        int looked = -1;
        bool answered = false;
        while (Stopwatch.GetElapsedTime(start) < Limit)
        {
            TimeSpan quiet = client.Received.Quiet < origin.Received.Quiet ? client.Received.Quiet : origin.Received.Quiet;
            if (client.Received.Length != looked)
            {
                looked = client.Received.Length;
                answered = looked > 0 && isAnswered(client.Received.From(0));
            }

            if (quiet > Long * patience || (quiet > Short * patience && (answered || client.Ending != Ending.Open))) return;
            await Task.Delay(Step).ConfigureAwait(false);
        }
    }
}
