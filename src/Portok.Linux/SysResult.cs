using System.Runtime.InteropServices;

namespace Portok.Linux;

/// <summary>What a system call gave: a value of 0 or more, or an error number. Errors are values here, never exceptions.</summary>
public readonly struct SysResult
{
    private readonly int _raw;

    private SysResult(int raw) => _raw = raw;

    /// <summary>The call succeeded.</summary>
    public bool Ok => _raw >= 0;

    /// <summary>The call's value; only meaningful when <see cref="Ok"/>.</summary>
    public int Value => _raw;

    /// <summary>The error number, None when <see cref="Ok"/>.</summary>
    public Errno Error => _raw >= 0 ? Errno.None : (Errno)(-_raw);

    /// <summary>A successful result, 0 or more.</summary>
    public static SysResult Success(int value) => new(value);

    /// <summary>A failed result.</summary>
    public static SysResult Failure(Errno error) => new(-(int)error);

    /// <summary>Wraps the return value of a libc function: reads errno, which must be done right after the call.</summary>
    internal static SysResult Of(nint value) => value >= 0 ? new((int)value) : new(-Marshal.GetLastSystemError());

    /// <inheritdoc />
    public override string ToString() => Ok ? Value.ToString() : Error.ToString();
}
