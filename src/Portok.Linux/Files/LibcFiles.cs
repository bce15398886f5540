using System.Runtime.InteropServices;

namespace Portok.Linux;

/// <summary>The libc functions about files.</summary>
internal static unsafe partial class Libc
{
    internal const int OReadOnly = 0, OCloseOnExec = 0x80000;
    internal const int RlimitNoFile = 7;

    // open(2) is variadic in C; without O_CREAT no variadic argument is passed, which both ABIs treat like a plain call.
    [DllImport(Name)] internal static extern int open(byte* path, int flags);
    [DllImport(Name)] internal static extern int fsync(int fd);
    [DllImport(Name)] internal static extern int getrlimit(int resource, ulong* limits);
}
