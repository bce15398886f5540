using System.Text;

namespace Portok.Linux.Files;

/// <summary>Gives a file or folder to a user and a group; .NET has no call for it.</summary>
public static unsafe class FileOwner
{
    /// <summary>Leaves the user or the group as it is.</summary>
    public const int Unchanged = -1;

    /// <summary>chown(2), which follows symbolic links. Any thread.</summary>
    /// <param name="path">An existing file or folder.</param>
    /// <param name="user">A user id, or <see cref="Unchanged"/>.</param>
    /// <param name="group">A group id, or <see cref="Unchanged"/>.</param>
    /// <returns>Success, or the error of chown: Perm for whoever may not, NoEntry …</returns>
    public static SysResult Set(string path, int user, int group)
    {
        byte[] name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);
        fixed (byte* bytes = name)
        {
            return SysResult.Of(Libc.chown(bytes, user, group));
        }
    }
}
