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
    // uid_t and gid_t are 32 bits wide; -1 leaves one as it is.
    [DllImport(Name)] internal static extern int chown(byte* path, int user, int group);
    [DllImport(Name)] internal static extern int getrlimit(int resource, ulong* limits);
}
