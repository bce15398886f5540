using System.Collections.Concurrent;
using System.Globalization;

namespace Portok.Soak.Traffic;

/// <summary>What became of the traffic. Any thread.</summary>
internal sealed class Tally
{
    private const int FaultsKept = 20;

    private readonly ConcurrentDictionary<string, long> _right = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();
    private long _lost;
    private long _bytes;

    /// <summary>What went as it must, by kind.</summary>
    internal IReadOnlyDictionary<string, long> Right => _right;

    /// <summary>What did not.</summary>
    internal long Lost => Interlocked.Read(ref _lost);

    /// <summary>Bytes of bodies that were compared.</summary>
    internal long VerifiedBytes => Interlocked.Read(ref _bytes);

    /// <summary>The first of what did not, in words.</summary>
    internal IReadOnlyCollection<string> Faults => _faults;

    /// <summary>How often one kind went as it must.</summary>
    internal long Of(string kind) => _right.GetValueOrDefault(kind);

    internal void Well(string kind, long verifiedBytes = 0)
    {
        _right.AddOrUpdate(kind, 1, (_, count) => count + 1);
        Interlocked.Add(ref _bytes, verifiedBytes);
    }

    internal void Fail(string kind, string what)
    {
        Interlocked.Increment(ref _lost);
        if (_faults.Count < FaultsKept) _faults.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {kind}: {what}"));
    }
}
