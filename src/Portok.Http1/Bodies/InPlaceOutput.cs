using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>
/// Output that grows inside the window its input lies in. It never overtakes the input: what is written stands for at
/// least as many bytes already read, and the first piece of a call, whose bytes may have come earlier, ends where the
/// reading stands and so begins in the headroom at worst.
/// </summary>
internal ref struct InPlaceOutput(Span<byte> window)
{
    private readonly Span<byte> _window = window;

    public int Start { get; private set; }

    public int End { get; private set; }

    public int DataBytes { get; private set; }

    /// <summary>Writes framing for input that has been read up to <paramref name="read"/>. For canonical input this lands where it came from.</summary>
    public void Framing(scoped ReadOnlySpan<byte> literal, int read)
    {
        if (Start == End) Start = End = read - literal.Length;
        literal.CopyTo(_window[End..]);
        End += literal.Length;
    }

    /// <summary>Passes a run of the input on; moves it only if something in front of it was dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pass(int from, int length)
    {
        if (Start == End) Start = End = from;
        else if (End != from) _window.Slice(from, length).CopyTo(_window[End..]);
        End += length;
    }

    /// <inheritdoc cref="Pass"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PassData(int from, int length)
    {
        Pass(from, length);
        DataBytes += length;
    }
}
