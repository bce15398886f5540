namespace Portok.Linux.Files;

/// <summary>How many descriptors this process may have.</summary>
public static unsafe class DescriptorLimit
{
    /// <summary>The soft RLIMIT_NOFILE now; int.MaxValue when there is none, or more. Any thread.</summary>
    /// <returns>The limit, or the error of getrlimit.</returns>
    public static SysResult Read()
    {
        // struct rlimit: the soft limit, then the hard one (64-bit on every ABI that .NET runs on here).
        ulong* limits = stackalloc ulong[2];
        SysResult read = SysResult.Of(Libc.getrlimit(Libc.RlimitNoFile, limits));
        return read.Ok ? SysResult.Success((int)Math.Min(limits[0], int.MaxValue)) : read;
    }
}
