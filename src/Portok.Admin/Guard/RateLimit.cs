using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Portok.Admin.Guard;

/// <summary>
/// Admin requests of one address within a sliding minute, IPv6 by /64. Refused requests do not count, or a hasty script
/// would never get in again. Any thread.
/// </summary>
/// <remarks>
/// At most <see cref="MaxAddresses"/> are told apart. No address with a use in the last minute is ever forgotten to make
/// room, so nobody can reset a counter by coming from elsewhere in between; addresses that find no room share one counter.
/// </remarks>
internal sealed class RateLimit(TimeProvider time, int perMinute)
{
    public const int MaxAddresses = 10_000;

    // Up to this limit the minute is exact; above, uses are remembered by the second, 61 entries an address at the most.
    private const int ExactUpTo = 60;

    private readonly Dictionary<UInt128, SlidingMinute> _addresses = [];
    private readonly SlidingMinute _overflow = new();
    private readonly Lock _lock = new();
    private long? _lastSweep;
    private int _perMinute = perMinute;

    private long Second => time.TimestampFrequency;

    private long Minute => 60 * time.TimestampFrequency;

    private long Grain => PerMinute > ExactUpTo ? Second : 0;

    /// <summary>The limit; 0 is none. What was used so far stays counted when it changes.</summary>
    public int PerMinute
    {
        get => Volatile.Read(ref _perMinute);
        set => Volatile.Write(ref _perMinute, value);
    }

    /// <summary>How many addresses are told apart now.</summary>
    internal int TrackedAddresses
    {
        get
        {
            lock (_lock)
                return _addresses.Count;
        }
    }

    /// <summary>Counts one request, unless the address is over its limit.</summary>
    /// <param name="address">The TCP peer.</param>
    /// <param name="retryAfter">When refused: how long until a request is let in again, in whole seconds, 1–60.</param>
    public bool TryEnter(IPAddress address, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        int limit = PerMinute;
        if (limit == 0)
            return true;

        long now = time.GetTimestamp();
        lock (_lock)
        {
            SlidingMinute counter = Counter(address, now);
            if (counter.Used(now, Minute) < limit)
            {
                counter.Add(now, 1, Grain);
                return true;
            }

            long wait = counter.UntilAtMost(limit - 1, now, Minute);
            retryAfter = TimeSpan.FromSeconds(Math.Clamp((wait + Second - 1) / Second, 1, 60));
            return false;
        }
    }

    /// <summary>Counts a request that was let in once more: it came with a wrong token.</summary>
    public void CountAgain(IPAddress address)
    {
        if (PerMinute == 0)
            return;

        long now = time.GetTimestamp();
        lock (_lock)
            Counter(address, now).Add(now, 1, Grain);
    }

    private SlidingMinute Counter(IPAddress address, long now)
    {
        UInt128 key = Key(address);
        if (_addresses.TryGetValue(key, out SlidingMinute? known))
            return known;
        if (_addresses.Count >= MaxAddresses)
            Sweep(now);
        if (_addresses.Count >= MaxAddresses)
            return _overflow;

        var counter = new SlidingMinute();
        _addresses.Add(key, counter);
        return counter;
    }

    // Once a second at the most: a full table must not make every request walk through it.
    private void Sweep(long now)
    {
        if (_lastSweep is long last && now - last < Second)
            return;

        _lastSweep = now;
        foreach ((UInt128 key, SlidingMinute counter) in _addresses)
        {
            if (counter.Used(now, Minute) == 0)
                _addresses.Remove(key);
        }
    }

    private static UInt128 Key(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        AddressText.Normalise(address).MapToIPv6().TryWriteBytes(bytes, out _);
        bool isV6 = AddressText.Normalise(address).AddressFamily == AddressFamily.InterNetworkV6;
        UInt128 bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return isV6 ? bits >> 64 << 64 : bits;
    }
}
