using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Portok.Testing;

/// <summary>Bounded waiting for a condition. Looks every few milliseconds; fails with the condition's own words.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="condition">Asked again and again; its exceptions fail the wait at once.</param>
    /// <param name="within">Longest wait; <see cref="Patience.Normal"/> when null.</param>
    /// <param name="what">Words for the failure; the condition's source text when left out.</param>
    /// <exception cref="TimeoutException">The condition did not hold in time.</exception>
    public static Task UntilAsync(Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "")
        => UntilAsync(() => Task.FromResult(condition()), within, what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, TimeSpan?, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "")
        => await ForAsync(condition, holds => holds, within, what).ConfigureAwait(false);

    /// <summary>Reads a value until it is as wanted, and returns it; the last value read is part of the failure's words.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <exception cref="TimeoutException">The value was not as wanted in time.</exception>
    public static async Task<T> ForAsync<T>(Func<Task<T>> read, Func<T, bool> wanted, TimeSpan? within = null, [CallerArgumentExpression(nameof(wanted))] string what = "")
    {
        TimeSpan limit = within ?? Patience.Normal;
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            T value = await read().ConfigureAwait(false);
            if (wanted(value))
                return value;
            if (Stopwatch.GetElapsedTime(start) > limit)
                throw new TimeoutException($"Waited {limit.TotalSeconds:0.#} s in vain for: {what}. Last value: {value}");
            await Task.Delay(Interval).ConfigureAwait(false);
        }
    }
}
