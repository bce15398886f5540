namespace Portok.Deployment.State;

/// <summary>The real disk.</summary>
/// <param name="syncDirectory">
/// fsync(2) on a folder, which .NET has no call for; throws <see cref="IOException"/> when the disk refuses.
/// </param>
public sealed class DiskStateFiles(Action<string> syncDirectory) : IStateFiles
{
    // A state file has some 500 bytes. Whatever is larger is not one, and is not read into memory to find that out.
    private const int MaxLength = 1024 * 1024;

    public byte[]? Read(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var length = RandomAccess.GetLength(handle);
            if (length > MaxLength)
                throw new IOException($"it has {length} bytes, far more than a state file");
            var content = new byte[length];
            var read = 0;
            while (read < content.Length && RandomAccess.Read(handle, content.AsSpan(read), read) is > 0 and var n)
                read += n;
            return content[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (NotSupportedException e)
        {
            throw new IOException("it is not a regular file", e);
        }
    }

    public void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(handle, content, fileOffset: 0);
        RandomAccess.FlushToDisk(handle);
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void SyncDirectory(string path) => syncDirectory(path);

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }
    }

    public void MoveAside(string from, string to) => Directory.Move(from, to);

    public void CopyAside(string from, string to) => File.Copy(from, to, overwrite: false);
}
