using System.Text;

namespace Portok.Linux.Files;

/// <summary>Makes what was created, renamed or removed inside a folder durable; .NET has no call for it.</summary>
public static unsafe class FolderSync
{
    /// <summary>fsync(2) on the folder. Blocks until the disk has it. Any thread.</summary>
    /// <param name="path">An existing folder.</param>
    /// <returns>Success, or the error of open or fsync: NoEntry, Access, Invalid (the file system cannot), an I/O error …</returns>
    public static SysResult Flush(string path)
    {
        byte[] name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);
        SysResult opened;
        fixed (byte* bytes = name)
        {
            do
            {
                opened = SysResult.Of(Libc.open(bytes, Libc.OReadOnly | Libc.OCloseOnExec));
            }
            while (opened.Error == Errno.Interrupted);
        }

        if (!opened.Ok)
        {
            return opened;
        }

        SysResult flushed = SysResult.Of(Libc.fsync(opened.Value));
        _ = Libc.close(opened.Value);
        return flushed;
    }
}
